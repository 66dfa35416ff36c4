/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* drawbridge-image-loader TYPE [codes]: decodes the picture on its standard input and writes it as
 * DrawImageAnswer and pixels to its standard output, or what QR codes in it say as DrawImageCodesAnswer. It is the only program of ours that shows
 * strangers' bytes to decoders of pictures, so before it reads the first byte it gives up all
 * rights: memory, time and files are limited, and the kernel ends it at any system call but those
 * that reading, writing and memory need. */

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "canvas/draw-image-codes.h"
#include "canvas/draw-image-decoder.h"
#include "canvas/draw-image-scan.h"

#define MEMORY_MAX (512 * 1024 * 1024)
#define CHUNK (64 * 1024)
/* From then on gdk-pixbuf decodes nothing by itself but asks glycin, which starts a sandboxed
 * process for each picture: it needs what the filter forbids, and does what the filter is for. */
#define GLYCIN_SINCE 43

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

static void
set_limit (int resource, rlim_t limit)
{
  const struct rlimit both = { limit, limit };

  setrlimit ((__rlimit_resource_t) resource, &both);
}

static void
set_limits (void)
{
  set_limit (RLIMIT_AS, MEMORY_MAX);
  set_limit (RLIMIT_CPU, DRAW_IMAGE_CPU_MAX);
  set_limit (RLIMIT_FSIZE, 0);
  set_limit (RLIMIT_CORE, 0);
}

#ifdef ARCHITECTURE
static const int allowed[] = {
  SYS_read,           SYS_write,        SYS_readv,     SYS_writev,        SYS_close,
  SYS_lseek,          SYS_fstat,        SYS_mmap,      SYS_munmap,        SYS_mremap,
  SYS_mprotect,       SYS_madvise,      SYS_brk,       SYS_futex,         SYS_exit,
  SYS_exit_group,     SYS_rt_sigreturn, SYS_getrandom, SYS_clock_gettime, SYS_gettimeofday,
  SYS_rt_sigprocmask, SYS_sched_yield,  SYS_getpid,    SYS_gettid,        SYS_restart_syscall,
  SYS_sysinfo, /* qsort() asks how much memory there is */
#ifdef SYS_newfstatat
  SYS_newfstatat,
#endif
};

/* A list of comparisons: the architecture, then each number that is allowed, then opening files, which fails
 * like where there are none (what reads QR codes asks for tables of characters), then the end. */
static gboolean
forbid_everything_else (void)
{
  struct sock_filter program[2 * G_N_ELEMENTS (allowed) + 7];
  struct sock_fprog filter = { 0, program };
  unsigned short n = 0;

  program[n++] = (struct sock_filter) BPF_STMT (BPF_LD | BPF_W | BPF_ABS,
                                                offsetof (struct seccomp_data, arch));
  program[n++] = (struct sock_filter) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
  program[n++] = (struct sock_filter) BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
  program[n++] = (struct sock_filter) BPF_STMT (BPF_LD | BPF_W | BPF_ABS,
                                                offsetof (struct seccomp_data, nr));
  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      program[n++]
          = (struct sock_filter) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, (unsigned) allowed[i], 0, 1);
      program[n++] = (struct sock_filter) BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    }
  program[n++] = (struct sock_filter) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 1);
  program[n++] = (struct sock_filter) BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOENT);
  program[n++] = (struct sock_filter) BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
  filter.len = n;
  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}
#else
static gboolean
forbid_everything_else (void)
{
  return TRUE;
}
#endif

static gboolean
give_up_rights (void)
{
  set_limits ();
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return FALSE;
  return gdk_pixbuf_minor_version >= GLYCIN_SINCE || forbid_everything_else ();
}

/* Large pictures are decoded small where the format can, so that their pixels are never all there.
 */
static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  DrawImageAnswer *answer = data;
  const double pixels = (double) width * height;
  const double share = pixels > DRAW_IMAGE_KEPT_PIXELS ? sqrt (DRAW_IMAGE_KEPT_PIXELS / pixels) : 1;

  if (width < 1 || height < 1 || pixels > DRAW_IMAGE_MAX_PIXELS)
    _exit (1);
  answer->natural_width = (guint32) width;
  answer->natural_height = (guint32) height;
  if (share < 1)
    gdk_pixbuf_loader_set_size (loader, MAX ((int) (width * share), 1),
                                MAX ((int) (height * share), 1));
}

static gboolean
feed (GdkPixbufLoader *loader)
{
  guint8 chunk[CHUNK];
  gsize total = 0;
  ssize_t n;

  while ((n = read (STDIN_FILENO, chunk, sizeof chunk)) > 0)
    {
      total += (gsize) n;
      if (total > DRAW_IMAGE_MAX_BYTES || !gdk_pixbuf_loader_write (loader, chunk, (gsize) n, NULL))
        return FALSE;
    }
  return n == 0 && gdk_pixbuf_loader_close (loader, NULL);
}

static guint32
multiply (guint32 channel, guint32 alpha)
{
  const guint32 product = channel * alpha + 128;

  return (product + (product >> 8)) >> 8;
}

/* One row as ARGB32 with alpha multiplied in. */
static void
convert_row (const guint8 *row, int width, int n_channels, guint32 *pixels)
{
  for (int x = 0; x < width; x++, row += n_channels)
    {
      const guint32 alpha = n_channels == 4 ? row[3] : 255;

      pixels[x] = alpha << 24 | multiply (row[0], alpha) << 16 | multiply (row[1], alpha) << 8
                  | multiply (row[2], alpha);
    }
}

static gboolean
write_all (const void *data, gsize length)
{
  const guint8 *next = data;

  while (length > 0)
    {
      const ssize_t n = write (STDOUT_FILENO, next, length);

      if (n <= 0)
        return FALSE;
      next += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static gboolean
answer_with (GdkPixbuf *pixbuf, DrawImageAnswer *answer)
{
  const int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  g_autofree guint32 *pixels = g_new (guint32, width);

  memcpy (answer->magic, DRAW_IMAGE_MAGIC, sizeof answer->magic);
  answer->width = (guint32) width;
  answer->height = (guint32) height;
  if (!write_all (answer, sizeof *answer))
    return FALSE;
  for (int y = 0; y < height; y++)
    {
      convert_row (gdk_pixbuf_read_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf),
                   width, gdk_pixbuf_get_n_channels (pixbuf), pixels);
      if (!write_all (pixels, sizeof *pixels * (gsize) width))
        return FALSE;
    }
  return TRUE;
}

static gboolean
answer_with_codes (GdkPixbuf *pixbuf)
{
  g_autoptr (GPtrArray) codes = draw_image_scan (pixbuf);
  DrawImageCodesAnswer answer = { .n = codes->len };

  memcpy (answer.magic, DRAW_IMAGE_CODES_MAGIC, sizeof answer.magic);
  if (!write_all (&answer, sizeof answer))
    return FALSE;
  for (guint i = 0; i < codes->len; i++)
    {
      gsize size;
      const void *data = g_bytes_get_data (codes->pdata[i], &size);
      const guint32 length = (guint32) size;

      if (!write_all (&length, sizeof length) || !write_all (data, size))
        return FALSE;
    }
  return TRUE;
}

/* A camera that was held upright says so beside the pixels. */
static GdkPixbuf *
turn (GdkPixbuf *pixbuf, DrawImageAnswer *answer)
{
  const char *orientation = gdk_pixbuf_get_option (pixbuf, "orientation");
  const guint32 width = answer->natural_width;

  if (orientation != NULL && orientation[0] >= '5' && orientation[0] <= '8')
    {
      answer->natural_width = answer->natural_height;
      answer->natural_height = width;
    }
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

int
main (int argc, char **argv)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GdkPixbuf) turned = NULL;
  DrawImageAnswer answer = { 0 };
  const gboolean codes = argc == 3 && strcmp (argv[2], DRAW_IMAGE_CODES_ARGUMENT) == 0;
  gboolean answered;

  if (argc != 2 && !codes)
    {
      fprintf (stderr, "This program decodes pictures for drawbridge.\n");
      return 2;
    }
  /* Loads the code of that format, while files may be opened. */
  loader = gdk_pixbuf_loader_new_with_type (argv[1], NULL);
  if (loader == NULL || !give_up_rights ())
    return 1;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &answer);
  if (!feed (loader) || gdk_pixbuf_loader_get_pixbuf (loader) == NULL)
    _exit (1);
  turned = turn (gdk_pixbuf_loader_get_pixbuf (loader), &answer);
  if (turned == NULL)
    _exit (1);
  answered = codes ? answer_with_codes (turned) : answer_with (turned, &answer);
  /* Without the usual end, which might want system calls that are gone. */
  _exit (answered ? 0 : 1);
}
