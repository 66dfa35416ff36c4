/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * replay CORPUS: a fuzz target without a fuzzer. Runs each input of the corpus (a line of base64), and
 * some that were made of them by a seeded generator, so that each run is the same.
 */
#include <glib.h>
#include <stdint.h>
#include <string.h>

#define SEED 1
#define N_MADE 3000
#define MAX_SIZE 4096

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A copy of just that size, so that a sanitizer sees every step beyond. */
static void
run (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy != NULL ? copy : (const uint8_t *) "", size);
}

static GPtrArray *
read_corpus (const char *path)
{
  GPtrArray *corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize size;
      guchar *data = g_base64_decode (lines[i], &size);

      g_ptr_array_add (corpus, g_byte_array_new_take (data, size));
    }
  return corpus;
}

static guint
pick (GRand *rand, guint n)
{
  return n > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) n) : 0;
}

static void
change (GByteArray *input, const GByteArray *other, GRand *rand)
{
  guint at = pick (rand, input->len);
  guint from = pick (rand, other->len);
  guint n = pick (rand, other->len - from);

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      if (input->len > 0)
        input->data[at] = (guint8) g_rand_int (rand);
      break;
    case 1:
      if (input->len > 0)
        g_byte_array_remove_range (input, at, pick (rand, input->len - at));
      break;
    case 2:
      if (input->len > 0)
        input->data[at] ^= (guint8) (1 << pick (rand, 8));
      break;
    default:
      g_byte_array_append (input, other->data + from, n);
    }
  g_byte_array_set_size (input, MIN (input->len, MAX_SIZE));
}

static void
run_made (GPtrArray *corpus)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  for (guint i = 0; i < N_MADE; i++)
    {
      const GByteArray *origin = corpus->pdata[pick (rand, corpus->len)];
      g_autoptr (GByteArray) input = g_byte_array_sized_new (origin->len);
      guint n_changes = 1 + pick (rand, 4);

      g_byte_array_append (input, origin->data, origin->len);
      for (guint k = 0; k < n_changes; k++)
        change (input, corpus->pdata[pick (rand, corpus->len)], rand);
      run (input->data, input->len);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) corpus = NULL;

  if (argc != 2)
    return 2;
  corpus = read_corpus (argv[1]);
  g_assert_cmpuint (corpus->len, >, 0);
  for (guint i = 0; i < corpus->len; i++)
    {
      const GByteArray *input = corpus->pdata[i];

      run (input->data, input->len);
    }
  g_print ("ok 1 - %u inputs of the corpus\n", corpus->len);
  run_made (corpus);
  g_print ("ok 2 - %u inputs made of them\n1..2\n", N_MADE);
  return 0;
}
