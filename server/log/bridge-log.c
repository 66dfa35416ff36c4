/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "log/bridge-log.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOMAIN "drawbridge-server"
/* More would be a programmer's error. */
#define MAX_FIELDS 16
/* A value from a peer is bounded long before, this is for GLib's own messages. */
#define MAX_VALUE 1024

static gboolean log_debug;
/* What G_DEBUG asks for: a writer of one's own has to honour it by itself. */
static GLogLevelFlags log_fatal;

static const char *
level_name (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "error";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  if (level & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO))
    return "info";
  return "debug";
}

/* JSON string of text that may be anything: control characters, invalid UTF-8. Everything that is
 * not printable ASCII is escaped, so that a terminal shows what is there and nothing else. */
static void
append_text (GString *out, const char *text, gssize length)
{
  g_autofree char *raw = g_strndup (text, length < 0 ? MIN (strlen (text), MAX_VALUE)
                                                     : (gsize)MIN (length, MAX_VALUE));
  g_autofree char *valid = g_utf8_make_valid (raw, -1);

  g_string_append_c (out, '"');
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", (char)c);
      else if (c >= 0x20 && c < 0x7f)
        g_string_append_c (out, (char)c);
      else if (c < 0x10000)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_printf (out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                                0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  g_string_append_c (out, '"');
}

static void
append_pair (GString *out, const char *key, const char *text, gssize length)
{
  g_autofree char *lower = g_ascii_strdown (key, -1);

  g_string_append_printf (out, ",\"%s\":", lower);
  append_text (out, text, length);
}

/* Fields that GLib adds and a reader of the log has no use for. */
static gboolean
is_boilerplate (const char *key)
{
  return g_str_has_prefix (key, "CODE_") || g_str_equal (key, "PRIORITY")
         || g_str_equal (key, "GLIB_DOMAIN") || g_str_equal (key, "MESSAGE_ID");
}

/**
 * bridge_log_format:
 * @level: of the event
 * @fields: (array length=n_fields): as given to a #GLogWriterFunc
 * @n_fields: how many
 * @time: microseconds since the epoch
 *
 * Returns: (transfer full): one JSON object, printable ASCII only
 */
char *
bridge_log_format (GLogLevelFlags level, const GLogField *fields, gsize n_fields, int64_t time)
{
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *stamp = g_date_time_format (second, "%Y-%m-%dT%H:%M:%S");
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "{\"time\":\"%s.%03dZ\",\"level\":\"%s\"", stamp,
                          (int)(time % G_USEC_PER_SEC / 1000), level_name (level));
  for (gsize i = 0; i < n_fields; i++)
    if (!is_boilerplate (fields[i].key) && fields[i].value != NULL)
      append_pair (out, g_str_equal (fields[i].key, "MESSAGE") ? "event" : fields[i].key,
                   fields[i].value, fields[i].length);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  g_autofree char *line = NULL;

  if ((level & G_LOG_LEVEL_DEBUG) != 0 && !log_debug)
    return G_LOG_WRITER_HANDLED;
  if (g_log_writer_is_journald (STDERR_FILENO))
    return g_log_writer_journald (level, fields, n_fields, NULL);

  line = bridge_log_format (level, fields, n_fields, g_get_real_time ());
  fprintf (stderr, "%s\n", line);
  fflush (stderr);
  if (level & log_fatal)
    abort ();
  return G_LOG_WRITER_HANDLED;
}

/**
 * bridge_log_init:
 * @debug: whether debug events are written
 */
void
bridge_log_init (gboolean debug)
{
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);

  g_log_set_always_fatal (fatal);
  log_fatal = fatal & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  log_debug = debug;
  g_log_set_writer_func (write_log, NULL, NULL);
}

static const char *
priority_of (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "3";
  if (level & G_LOG_LEVEL_WARNING)
    return "4";
  return level & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO) ? "6" : "7";
}

/**
 * bridge_log:
 * @level: %G_LOG_LEVEL_WARNING where the operator should do something, %G_LOG_LEVEL_INFO for what
 *   happened, %G_LOG_LEVEL_DEBUG for the rest
 * @event: its name, of a fixed vocabulary
 * @...: pairs of key and text, then %NULL
 */
void
bridge_log (GLogLevelFlags level, const char *event, ...)
{
  GLogField fields[MAX_FIELDS] = {
    { "MESSAGE", event, -1 },
    { "PRIORITY", priority_of (level), -1 },
    { "GLIB_DOMAIN", DOMAIN, -1 },
  };
  char *names[MAX_FIELDS] = { NULL };
  gsize n = 3;
  va_list args;
  const char *key;

  g_return_if_fail (event != NULL);

  va_start (args, event);
  while ((key = va_arg (args, const char *)) != NULL)
    {
      const char *text = va_arg (args, const char *);

      g_assert (n < MAX_FIELDS);
      if (text == NULL)
        continue;
      /* journald takes upper case only. */
      names[n] = g_ascii_strup (key, -1);
      fields[n] = (GLogField){ names[n], text, -1 };
      n++;
    }
  va_end (args);

  g_log_structured_array (level, fields, n);
  for (gsize i = 0; i < MAX_FIELDS; i++)
    g_free (names[i]);
}
