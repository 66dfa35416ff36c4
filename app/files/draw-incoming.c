/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-incoming-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "board/board-blob.h"
#include "board/board-index.h"
#include "board/board-limits.h"
#include "canvas/draw-image-header.h"
#include "canvas/draw-text.h"
#include "files/draw-payload.h"

/* A picture that is too large for a board is made that long. */
#define SHRUNK_SIDE 3000
/* Excalidraw's fonts: what is pasted is set as what is typed. */
#define TEXT_FAMILY 5

static char *
get_next_index (DrawBundle *bundle)
{
  const guint n = bundle->elements->len;

  return board_index_between (
      n > 0 ? board_element_get_index (bundle->elements->pdata[n - 1]) : NULL, NULL);
}

static void
set_place (JsonObject *props, const BoardRect *place)
{
  json_object_set_double_member (props, "x", place->x);
  json_object_set_double_member (props, "y", place->y);
  json_object_set_double_member (props, "width", place->width);
  json_object_set_double_member (props, "height", place->height);
}

static JsonObject *
make_props (DrawBundle *bundle, const char *type)
{
  JsonObject *props = json_object_new ();
  g_autofree char *id = board_element_make_id ();
  g_autofree char *index = get_next_index (bundle);

  json_object_set_string_member (props, "id", id);
  json_object_set_string_member (props, "type", type);
  json_object_set_string_member (props, "index", index);
  return props;
}

static void
add_element (DrawBundle *bundle, JsonObject *props)
{
  BoardElement *element = board_element_new (props, NULL);

  g_return_if_fail (element != NULL);
  g_ptr_array_add (bundle->elements, element);
}

/* --- pictures --- */

void
draw_incoming_add_picture (DrawBundle *bundle,
                           GBytes *bytes,
                           const char *mime,
                           const BoardRect *place,
                           gboolean locked)
{
  g_autofree char *id = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes);
  g_autoptr (JsonObject) props = make_props (bundle, "image");

  set_place (props, place);
  json_object_set_string_member (props, "fileId", id);
  json_object_set_string_member (props, "status", "saved");
  if (locked)
    json_object_set_boolean_member (props, "locked", TRUE);
  draw_bundle_add_file (bundle, id, mime, bytes, g_get_real_time () / 1000);
  add_element (bundle, props);
}

static GBytes *
encode (GdkPixbuf *pixbuf, GError **error)
{
  const gboolean alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  char *data;
  gsize length;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, alpha ? "png" : "jpeg", error, NULL))
    return NULL;
  return g_bytes_new_take (data, length);
}

/* The person's own picture, larger than boards take. */
static GBytes *
shrink (GBytes *bytes, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GdkPixbuf) small
      = gdk_pixbuf_new_from_stream_at_scale (stream, SHRUNK_SIDE, SHRUNK_SIDE, TRUE, NULL, error);
  g_autoptr (GdkPixbuf) turned = NULL;

  if (small == NULL)
    return NULL;
  turned = gdk_pixbuf_apply_embedded_orientation (small);
  return encode (turned, error);
}

static void
fit_picture (const DrawImageHeader *header, BoardRect *place)
{
  const double longest = MAX (header->width, header->height);
  const double scale = MIN (1, DRAW_INCOMING_SIDE / longest);

  *place = (BoardRect){ 0, 0, MAX (header->width * scale, 1), MAX (header->height * scale, 1) };
}

static gboolean
is_acceptable (GBytes *bytes, DrawImageHeader *header, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (!draw_image_header_parse (data, length, header, error))
    return FALSE;
  if (length <= BOARD_MAX_BLOB)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The picture is too large.");
  return FALSE;
}

static DrawBundle *
load_picture (GBytes *bytes, GError **error)
{
  g_autoptr (DrawBundle) bundle = draw_bundle_new ();
  g_autoptr (GBytes) taken = g_bytes_ref (bytes);
  g_autoptr (GError) wrong = NULL;
  g_autofree char *mime = NULL;
  DrawImageHeader header;
  BoardRect place;

  if (!is_acceptable (bytes, &header, &wrong))
    {
      g_bytes_unref (taken);
      taken = g_error_matches (wrong, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE)
                  ? shrink (bytes, error)
                  : NULL;
      if (taken == NULL && error != NULL && *error == NULL)
        g_propagate_error (error, g_steal_pointer (&wrong));
      if (taken == NULL || !is_acceptable (taken, &header, error))
        return NULL;
    }
  fit_picture (&header, &place);
  mime = g_strconcat ("image/", draw_image_type_get_name (header.type), NULL);
  draw_incoming_add_picture (bundle, taken, mime, &place, FALSE);
  return g_steal_pointer (&bundle);
}

/* --- text --- */

DrawBundle *
draw_incoming_load_text (const char *text)
{
  g_autofree char *tame = NULL;
  DrawBundle *bundle;
  g_autoptr (JsonObject) props = NULL;
  DrawText set = { 0 };
  BoardRect place = { 0 };

  g_return_val_if_fail (text != NULL, NULL);

  bundle = draw_bundle_parse (text, strlen (text), NULL);
  if (bundle != NULL)
    return bundle;
  tame = g_strstrip (draw_text_tame (text));
  if (*tame == '\0')
    return NULL;
  set.text = tame;
  set.family = TEXT_FAMILY;
  set.size = DRAW_TEXT_SIZE_DEFAULT;
  set.line_height = draw_text_get_line_height (TEXT_FAMILY);
  draw_text_measure (&set, &place.width, &place.height);
  bundle = draw_bundle_new ();
  props = make_props (bundle, "text");
  set_place (props, &place);
  json_object_set_string_member (props, "text", tame);
  json_object_set_string_member (props, "originalText", tame);
  json_object_set_double_member (props, "fontSize", set.size);
  json_object_set_int_member (props, "fontFamily", set.family);
  json_object_set_double_member (props, "lineHeight", set.line_height);
  add_element (bundle, props);
  return bundle;
}

/* --- any of them --- */

static gboolean
is_pdf (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return length > 5 && memcmp (data, "%PDF-", 5) == 0;
}

static gboolean
is_json (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < length && i < 64; i++)
    if (!g_ascii_isspace (data[i]) && (guint8) data[i] < 0x80)
      return data[i] == '{';
  return FALSE;
}

DrawBundle *
draw_incoming_load (GBytes *bytes, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  DrawBundle *bundle = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (is_pdf (bytes))
    return draw_incoming_load_pdf (bytes, error);
  if (is_json (bytes) || draw_payload_is_svg (bytes))
    return draw_bundle_load (bytes, error);
  if (draw_payload_is_png (bytes))
    bundle = draw_bundle_load (bytes, &wrong);
  return bundle != NULL ? bundle : load_picture (bytes, error);
}
