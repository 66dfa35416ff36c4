/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The reader: one pass, one explicit stack. It judges and, when asked, builds at the same time, so a
 * text that wire_json_validate() accepts is exactly a text that wire_json_parse() accepts.
 *
 * What may come next is one enum, `Expect`:
 *
 *   VALUE          scalar -> AFTER     [ -> VALUE_OR_END     { -> KEY_OR_END
 *   VALUE_OR_END   as VALUE, or ] -> AFTER
 *   KEY            "key": -> VALUE
 *   KEY_OR_END     as KEY, or } -> AFTER
 *   AFTER          , -> VALUE in an array, KEY in an object;   ] or } -> AFTER
 *   (AFTER outside of every container is NOTHING: the text is complete)
 */
#include "json/wire-json.h"

#include "json/wire-json-token.h"

G_DEFINE_QUARK (wire-json-error-quark, wire_json_error)

const WireJsonLimits wire_json_limits_default = {
  .max_bytes = 16 * 1024 * 1024,
  .max_depth = 128,
  .max_values = 200000,
  .max_members = 2048,
  .unique_keys = FALSE,
};

/* JsonObject hashes its keys with a function without a secret, so chosen keys make each insertion walk
 * over all before it. Small objects cannot cost much; of the walks in larger ones a text may cause
 * this many, which is some 50 ms of work at worst. */
#define FREE_MEMBERS 64
#define MAX_WALKS 2000000
/* Levels that there is room for from the start. */
#define USUAL_DEPTH 8

typedef enum {
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END,
  EXPECT_KEY,
  EXPECT_KEY_OR_END,
  EXPECT_AFTER,
  EXPECT_NOTHING,
} Expect;

/* An open container. */
typedef struct {
  gboolean is_object;
  guint n_members;
  JsonArray *array;   /* owned, when building an array */
  JsonObject *object; /* owned, when building an object */
  char *key;          /* owned, when building an object: of the value to come */
  GHashTable *keys;   /* owned, when judging an object whose keys must differ */
} Level;

typedef struct {
  /* borrowed */
  const char *text;
  const char *end;
  const WireJsonLimits *limits;
  gboolean building;

  const char *at;
  Expect expect;
  guint n_values;
  guint n_walks;
  GArray *levels;   /* of Level */
  GString *scratch; /* content of a string */
  JsonNode *root;   /* owned */
} Reader;

static void
level_clear (gpointer data)
{
  Level *level = data;

  g_clear_pointer (&level->array, json_array_unref);
  g_clear_pointer (&level->object, json_object_unref);
  g_clear_pointer (&level->keys, g_hash_table_unref);
  g_clear_pointer (&level->key, g_free);
}

static Level *
reader_get_level (Reader *self)
{
  return self->levels->len > 0 ? &g_array_index (self->levels, Level, self->levels->len - 1) : NULL;
}

static gboolean
reader_fail (Reader *self, WireJsonError code, const char *message, GError **error)
{
  g_set_error (error, WIRE_JSON_ERROR, code, "%s at byte %" G_GSIZE_FORMAT, message,
               (gsize) (self->at - self->text));
  return FALSE;
}

/* @node: taken; NULL when only judging. */
static void
reader_take_value (Reader *self, JsonNode *node)
{
  Level *level = reader_get_level (self);

  self->expect = level != NULL ? EXPECT_AFTER : EXPECT_NOTHING;
  if (!self->building)
    return;
  if (level == NULL)
    {
      self->root = node;
    }
  else if (level->is_object)
    {
      json_object_set_member (level->object, level->key, node);
      g_clear_pointer (&level->key, g_free);
    }
  else
    {
      json_array_add_element (level->array, node);
    }
}

static gboolean
reader_open (Reader *self, gboolean is_object, GError **error)
{
  Level level = { .is_object = is_object };

  if (self->levels->len >= self->limits->max_depth)
    return reader_fail (self, WIRE_JSON_ERROR_LIMIT, "Nested too deeply", error);
  if (self->building && is_object)
    level.object = json_object_new ();
  else if (self->building)
    level.array = json_array_new ();
  else if (is_object && self->limits->unique_keys)
    level.keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_array_append_val (self->levels, level);
  self->expect = is_object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
  self->at++;
  return TRUE;
}

static void
reader_close (Reader *self)
{
  Level *level = reader_get_level (self);
  JsonNode *node = NULL;

  if (self->building && level->is_object)
    node = json_node_init_object (json_node_alloc (), level->object);
  else if (self->building)
    node = json_node_init_array (json_node_alloc (), level->array);
  g_array_set_size (self->levels, self->levels->len - 1);
  self->at++;
  reader_take_value (self, node);
}

static gboolean
reader_read_word (Reader *self, const char *word, JsonNode *node, GError **error)
{
  if (!wire_json_scan_word (&self->at, self->end, word))
    {
      g_clear_pointer (&node, json_node_unref);
      return reader_fail (self, WIRE_JSON_ERROR_SYNTAX, "Unknown word", error);
    }
  reader_take_value (self, node);
  return TRUE;
}

static gboolean
reader_read_string (Reader *self, GError **error)
{
  JsonNode *node = NULL;

  g_string_truncate (self->scratch, 0);
  if (!wire_json_scan_string (&self->at, self->end, self->building ? self->scratch : NULL, error))
    return FALSE;
  if (self->building)
    node = json_node_init_string (json_node_alloc (), self->scratch->str);
  reader_take_value (self, node);
  return TRUE;
}

static gboolean
reader_read_number (Reader *self, GError **error)
{
  WireJsonNumber number;
  JsonNode *node = NULL;

  if (!wire_json_scan_number (&self->at, self->end, &number, error))
    return FALSE;
  if (self->building && number.is_int)
    node = json_node_init_int (json_node_alloc (), number.integer);
  else if (self->building)
    node = json_node_init_double (json_node_alloc (), number.real);
  reader_take_value (self, node);
  return TRUE;
}

static JsonNode *
reader_new_boolean (Reader *self, gboolean value)
{
  return self->building ? json_node_init_boolean (json_node_alloc (), value) : NULL;
}

static gboolean
reader_read_value (Reader *self, GError **error)
{
  if (++self->n_values > self->limits->max_values)
    return reader_fail (self, WIRE_JSON_ERROR_LIMIT, "Too many values", error);
  switch (*self->at)
    {
    case '{':
      return reader_open (self, TRUE, error);
    case '[':
      return reader_open (self, FALSE, error);
    case '"':
      return reader_read_string (self, error);
    case 't':
      return reader_read_word (self, "true", reader_new_boolean (self, TRUE), error);
    case 'f':
      return reader_read_word (self, "false", reader_new_boolean (self, FALSE), error);
    case 'n':
      return reader_read_word (self, "null",
                               self->building ? json_node_init_null (json_node_alloc ()) : NULL,
                               error);
    default:
      return reader_read_number (self, error);
    }
}

/* The content of the key is in the scratch string. */
static gboolean
reader_check_key (Reader *self, Level *level, GError **error)
{
  const char *key = self->scratch->str;
  gboolean seen = FALSE;

  if (++level->n_members > self->limits->max_members)
    return reader_fail (self, WIRE_JSON_ERROR_LIMIT, "Too many members", error);
  if (level->n_members > FREE_MEMBERS && (self->n_walks += level->n_members) > MAX_WALKS)
    return reader_fail (self, WIRE_JSON_ERROR_LIMIT, "Too many members in large objects", error);
  if (self->limits->unique_keys)
    seen = self->building ? json_object_has_member (level->object, key)
                          : !g_hash_table_add (level->keys, g_strdup (key));
  if (seen)
    return reader_fail (self, WIRE_JSON_ERROR_DUPLICATE, "Repeated key", error);
  return TRUE;
}

static gboolean
reader_read_key (Reader *self, GError **error)
{
  Level *level = reader_get_level (self);
  gboolean keeping = self->building || self->limits->unique_keys;

  if (*self->at != '"')
    return reader_fail (self, WIRE_JSON_ERROR_SYNTAX, "Key expected", error);
  g_string_truncate (self->scratch, 0);
  if (!wire_json_scan_string (&self->at, self->end, keeping ? self->scratch : NULL, error) ||
      !reader_check_key (self, level, error))
    return FALSE;
  wire_json_skip_blanks (&self->at, self->end);
  if (self->at == self->end || *self->at != ':')
    return reader_fail (self, WIRE_JSON_ERROR_SYNTAX, "Colon expected", error);
  self->at++;
  if (self->building)
    level->key = g_strndup (self->scratch->str, self->scratch->len);
  self->expect = EXPECT_VALUE;
  return TRUE;
}

static gboolean
reader_read_after (Reader *self, GError **error)
{
  gboolean is_object = reader_get_level (self)->is_object;

  if (*self->at == ',')
    {
      self->at++;
      self->expect = is_object ? EXPECT_KEY : EXPECT_VALUE;
      return TRUE;
    }
  if (*self->at != (is_object ? '}' : ']'))
    return reader_fail (self, WIRE_JSON_ERROR_SYNTAX, "Comma or end expected", error);
  reader_close (self);
  return TRUE;
}

static gboolean
reader_step (Reader *self, GError **error)
{
  char c = *self->at;

  if ((self->expect == EXPECT_VALUE_OR_END && c == ']') ||
      (self->expect == EXPECT_KEY_OR_END && c == '}'))
    {
      reader_close (self);
      return TRUE;
    }
  switch (self->expect)
    {
    case EXPECT_VALUE:
    case EXPECT_VALUE_OR_END:
      return reader_read_value (self, error);
    case EXPECT_KEY:
    case EXPECT_KEY_OR_END:
      return reader_read_key (self, error);
    case EXPECT_AFTER:
      return reader_read_after (self, error);
    case EXPECT_NOTHING:
    default:
      return reader_fail (self, WIRE_JSON_ERROR_SYNTAX, "Text behind the value", error);
    }
}

/* Nearly all text is ASCII, of which eight bytes at a time can be judged. */
static gboolean
check_utf8 (Reader *self)
{
  const char *p = self->text;
  uint64_t word;

  for (; self->end - p >= (ptrdiff_t) sizeof word; p += sizeof word)
    {
      memcpy (&word, p, sizeof word);
      /* g_utf8_validate_len() refuses NUL as well: the second term has a high bit where a byte is 0. */
      if (((word | (word - 0x0101010101010101)) & 0x8080808080808080) != 0)
        break;
    }
  return g_utf8_validate_len (p, self->end - p, &self->at);
}

static gboolean
reader_run (Reader *self, GError **error)
{
  if ((gsize) (self->end - self->text) > self->limits->max_bytes)
    return reader_fail (self, WIRE_JSON_ERROR_LIMIT, "Text too long", error);
  if (!check_utf8 (self))
    return reader_fail (self, WIRE_JSON_ERROR_UTF8, "Invalid UTF-8", error);
  self->at = self->text;
  while (wire_json_skip_blanks (&self->at, self->end), self->at < self->end)
    if (!reader_step (self, error))
      return FALSE;
  if (self->expect != EXPECT_NOTHING)
    return reader_fail (self, WIRE_JSON_ERROR_SYNTAX, "Text ends early", error);
  return TRUE;
}

static gboolean
read_text (const char *text,
           gsize length,
           const WireJsonLimits *limits,
           JsonNode **root,
           GError **error)
{
  Reader self = {
    .text = text,
    .end = text + length,
    .limits = limits,
    .building = root != NULL,
    .at = text,
    .levels = g_array_sized_new (FALSE, FALSE, sizeof (Level), USUAL_DEPTH),
    .scratch = g_string_new (NULL),
  };
  gboolean good;

  g_array_set_clear_func (self.levels, level_clear);
  good = reader_run (&self, error);
  g_array_unref (self.levels);
  g_string_free (self.scratch, TRUE);
  if (good && root != NULL)
    *root = g_steal_pointer (&self.root);
  g_clear_pointer (&self.root, json_node_unref);
  return good;
}

JsonNode *
wire_json_parse (const char *text, gsize length, const WireJsonLimits *limits, GError **error)
{
  JsonNode *root = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (limits != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return read_text (text != NULL ? text : "", length, limits, &root, error) ? root : NULL;
}

gboolean
wire_json_validate (const char *text, gsize length, const WireJsonLimits *limits, GError **error)
{
  g_return_val_if_fail (text != NULL || length == 0, FALSE);
  g_return_val_if_fail (limits != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return read_text (text != NULL ? text : "", length, limits, NULL, error);
}
