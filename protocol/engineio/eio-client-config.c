/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-client-config.h"

static const char *const default_transports[] = { "polling", "websocket", NULL };

void
eio_client_config_init (EioClientConfig *self)
{
  *self = (EioClientConfig){ 0 };
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->query = g_ptr_array_new_with_free_func (g_free);
}

void
eio_client_config_clear (EioClientConfig *self)
{
  g_clear_pointer (&self->transports, g_strfreev);
  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->session);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->query, g_ptr_array_unref);
}

static GPtrArray *
copy_pairs (GPtrArray *pairs)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < pairs->len; i++)
    g_ptr_array_add (copy, g_strdup (pairs->pdata[i]));
  return copy;
}

void
eio_client_config_copy (const EioClientConfig *self, EioClientConfig *copy)
{
  eio_client_config_clear (copy);
  *copy = *self;
  copy->transports = g_strdupv (self->transports);
  copy->path = g_strdup (self->path);
  copy->session = self->session != NULL ? g_object_ref (self->session) : NULL;
  copy->headers = copy_pairs (self->headers);
  copy->query = copy_pairs (self->query);
}

void
eio_client_config_fill_props (GParamSpec **props, const char *path, GParamFlags flags)
{
  props[EIO_CLIENT_CONFIG_TRANSPORTS]
      = g_param_spec_boxed ("transports", NULL, NULL, G_TYPE_STRV, flags);
  props[EIO_CLIENT_CONFIG_UPGRADE] = g_param_spec_boolean ("upgrade", NULL, NULL, TRUE, flags);
  props[EIO_CLIENT_CONFIG_TRY_ALL_TRANSPORTS]
      = g_param_spec_boolean ("try-all-transports", NULL, NULL, FALSE, flags);
  props[EIO_CLIENT_CONFIG_FORCE_BASE64]
      = g_param_spec_boolean ("force-base64", NULL, NULL, FALSE, flags);
  props[EIO_CLIENT_CONFIG_PATH] = g_param_spec_string ("path", NULL, NULL, path, flags);
  props[EIO_CLIENT_CONFIG_MAX_PAYLOAD]
      = g_param_spec_uint64 ("max-payload", NULL, NULL, 1, G_MAXINT32, 1000000, flags);
  props[EIO_CLIENT_CONFIG_PER_MESSAGE_DEFLATE]
      = g_param_spec_uint ("per-message-deflate", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[EIO_CLIENT_CONFIG_SESSION]
      = g_param_spec_object ("session", NULL, NULL, SOUP_TYPE_SESSION, flags);
}

gboolean
eio_client_config_get_property (const EioClientConfig *self, guint id, GValue *value)
{
  switch (id)
    {
    case EIO_CLIENT_CONFIG_TRANSPORTS:
      g_value_set_boxed (value, self->transports);
      return TRUE;
    case EIO_CLIENT_CONFIG_UPGRADE:
      g_value_set_boolean (value, self->upgrade);
      return TRUE;
    case EIO_CLIENT_CONFIG_TRY_ALL_TRANSPORTS:
      g_value_set_boolean (value, self->try_all);
      return TRUE;
    case EIO_CLIENT_CONFIG_FORCE_BASE64:
      g_value_set_boolean (value, self->force_base64);
      return TRUE;
    case EIO_CLIENT_CONFIG_PATH:
      g_value_set_string (value, self->path);
      return TRUE;
    case EIO_CLIENT_CONFIG_MAX_PAYLOAD:
      g_value_set_uint64 (value, self->max_payload);
      return TRUE;
    case EIO_CLIENT_CONFIG_PER_MESSAGE_DEFLATE:
      g_value_set_uint (value, self->per_message_deflate);
      return TRUE;
    case EIO_CLIENT_CONFIG_SESSION:
      g_value_set_object (value, self->session);
      return TRUE;
    default:
      return FALSE;
    }
}

/* NULL, as at construction: the default. */
static void
set_transports (EioClientConfig *self, const char *const *transports)
{
  g_strfreev (self->transports);
  self->transports = g_strdupv (
      (char **)(transports != NULL ? transports : (const char *const *)default_transports));
}

gboolean
eio_client_config_set_property (EioClientConfig *self, guint id, const GValue *value)
{
  switch (id)
    {
    case EIO_CLIENT_CONFIG_TRANSPORTS:
      set_transports (self, g_value_get_boxed (value));
      return TRUE;
    case EIO_CLIENT_CONFIG_UPGRADE:
      self->upgrade = g_value_get_boolean (value);
      return TRUE;
    case EIO_CLIENT_CONFIG_TRY_ALL_TRANSPORTS:
      self->try_all = g_value_get_boolean (value);
      return TRUE;
    case EIO_CLIENT_CONFIG_FORCE_BASE64:
      self->force_base64 = g_value_get_boolean (value);
      return TRUE;
    case EIO_CLIENT_CONFIG_PATH:
      g_free (self->path);
      self->path = g_value_dup_string (value);
      return TRUE;
    case EIO_CLIENT_CONFIG_MAX_PAYLOAD:
      self->max_payload = g_value_get_uint64 (value);
      return TRUE;
    case EIO_CLIENT_CONFIG_PER_MESSAGE_DEFLATE:
      self->per_message_deflate = g_value_get_uint (value);
      return TRUE;
    case EIO_CLIENT_CONFIG_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      return TRUE;
    default:
      return FALSE;
    }
}

static void
set_pair (GPtrArray *pairs,
          const char *name,
          const char *value,
          int (*compare) (const char *, const char *))
{
  for (guint i = 0; i + 1 < pairs->len; i += 2)
    if (compare (pairs->pdata[i], name) == 0)
      {
        g_ptr_array_remove_range (pairs, i, 2);
        break;
      }
  g_ptr_array_add (pairs, g_strdup (name));
  g_ptr_array_add (pairs, g_strdup (value));
}

void
eio_client_config_set_header (EioClientConfig *self, const char *name, const char *value)
{
  g_return_if_fail (name != NULL && *name != '\0' && strpbrk (name, " \t\r\n:") == NULL);
  g_return_if_fail (value != NULL && strpbrk (value, "\r\n") == NULL);

  set_pair (self->headers, name, value, g_ascii_strcasecmp);
}

void
eio_client_config_set_query (EioClientConfig *self, const char *name, const char *value)
{
  g_return_if_fail (name != NULL && value != NULL);

  set_pair (self->query, name, value, strcmp);
}

static void
append_parameter (GString *query, const char *name, const char *value)
{
  static const char *const reserved[] = { "EIO", "transport", "sid", "t", "j", "b64", NULL };

  if (g_strv_contains (reserved, name))
    return;
  if (query->len > 0)
    g_string_append_c (query, '&');
  g_string_append_uri_escaped (query, name, NULL, FALSE);
  g_string_append_c (query, '=');
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

static gboolean
has_pair (GPtrArray *pairs, const char *name)
{
  for (guint i = 0; i + 1 < pairs->len; i += 2)
    if (strcmp (pairs->pdata[i], name) == 0)
      return TRUE;
  return FALSE;
}

char *
eio_client_config_build_query (const EioClientConfig *self, GUri *uri)
{
  const char *of_uri = g_uri_get_query (uri);
  GString *query = g_string_new (NULL);
  GUriParamsIter iter;
  char *name;
  char *value;

  g_uri_params_iter_init (&iter, of_uri != NULL ? of_uri : "", -1, "&", G_URI_PARAMS_NONE);
  while (g_uri_params_iter_next (&iter, &name, &value, NULL))
    {
      if (!has_pair (self->query, name))
        append_parameter (query, name, value);
      g_free (name);
      g_free (value);
    }
  for (guint i = 0; i + 1 < self->query->len; i += 2)
    append_parameter (query, self->query->pdata[i], self->query->pdata[i + 1]);
  return g_string_free (query, FALSE);
}

/* 0 for names that are not of this protocol or not of this library, such as "webtransport". */
static EioTransports
transport_from_name (const char *name)
{
  if (g_str_equal (name, "polling"))
    return EIO_TRANSPORT_POLLING;
  return g_str_equal (name, "websocket") ? EIO_TRANSPORT_WEBSOCKET : 0;
}

EioTransports
eio_client_config_next_transport (const EioClientConfig *self, EioTransports tried)
{
  for (guint i = 0; self->transports[i] != NULL; i++)
    {
      EioTransports transport = transport_from_name (self->transports[i]);

      if ((transport & ~tried) != 0)
        return transport;
    }
  return 0;
}

EioTransports
eio_client_config_get_transports (const EioClientConfig *self)
{
  EioTransports transports = 0;

  for (guint i = 0; self->transports[i] != NULL; i++)
    transports |= transport_from_name (self->transports[i]);
  return transports;
}

void
eio_client_config_prefer_websocket (EioClientConfig *self)
{
  static const char *const websocket_first[] = { "websocket", "polling", NULL };

  if (eio_client_config_get_transports (self) == (EIO_TRANSPORT_POLLING | EIO_TRANSPORT_WEBSOCKET))
    set_transports (self, websocket_first);
}
