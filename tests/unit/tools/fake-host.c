/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-host.h"

static uint32_t clock_ms = 1000;

static void fake_host_host_init (DrawToolHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeHost,
                               fake_host,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL_HOST, fake_host_host_init))

static void
add_ids (FakeHost *self, GPtrArray *ids)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_string_append_printf (self->words, "%s%s", i > 0 ? "," : "", (const char *) ids->pdata[i]);
  g_string_append (self->words, " ");
}

static BoardDocument *
get_document (DrawToolHost *host)
{
  return board_replica_get_document (FAKE_HOST (host)->replica);
}

static DrawViewport *
get_viewport (DrawToolHost *host)
{
  return FAKE_HOST (host)->viewport;
}

static gboolean
get_picture_size (DrawToolHost *host, const char *file_id, int *width, int *height)
{
  *width = FAKE_HOST (host)->picture_width;
  *height = 100;
  return *width > 0;
}

static void
show_shaped (DrawToolHost *host, GPtrArray *ids, const graphene_matrix_t *matrix)
{
  FakeHost *self = FAKE_HOST (host);
  double xx, yx, xy, yy, x0, y0;

  if (matrix == NULL || !graphene_matrix_to_2d (matrix, &xx, &yx, &xy, &yy, &x0, &y0))
    g_string_append (self->words, "put ");
  else
    g_string_append_printf (self->words, "shaped:%g,%g,%g,%g,%g,%g:%u ", xx, yx + 0, xy + 0, yy,
                            x0 + 0, y0 + 0, ids->len);
}

static double
get_grid (DrawToolHost *host)
{
  return FAKE_HOST (host)->grid;
}

static GPtrArray *
get_selection (DrawToolHost *host)
{
  return FAKE_HOST (host)->selection;
}

static void
set_selection (DrawToolHost *host, GPtrArray *ids)
{
  FakeHost *self = FAKE_HOST (host);
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_ptr_array_add (copy, g_strdup (ids->pdata[i]));
  g_ptr_array_unref (self->selection);
  self->selection = copy;
}

static void
emit_op (DrawToolHost *host, BoardOp *op)
{
  FakeHost *self = FAKE_HOST (host);
  g_autoptr (GError) error = NULL;

  g_string_append_printf (self->words, "op:%u ", board_op_get_n_changes (op));
  g_ptr_array_add (self->ops, board_op_ref (op));
  board_replica_submit (self->replica, op, &error);
  g_assert_no_error (error);
}

static void
act (DrawToolHost *host, gboolean begin)
{
  FakeHost *self = FAKE_HOST (host);

  g_string_append (self->words, begin ? "act( " : ") ");
  if (begin)
    board_replica_begin_act (self->replica);
  else
    board_replica_end_act (self->replica);
}

static void
ink_begin (DrawToolHost *host, const char *id, const char *color, double width)
{
  FakeHost *self = FAKE_HOST (host);

  g_array_set_size (self->ink, 0);
  g_string_append_printf (self->words, "ink:%s:%g ", color, width);
}

static void
ink_set_points (DrawToolHost *host, guint from, const BoardPoint *points, gsize n_points)
{
  FakeHost *self = FAKE_HOST (host);

  g_assert_cmpuint (from, <=, self->ink->len);
  g_array_set_size (self->ink, from);
  g_array_append_vals (self->ink, points, (guint) n_points);
}

static void
ink_end (DrawToolHost *host, gboolean keep)
{
  g_string_append (FAKE_HOST (host)->words, keep ? "dry " : "gone ");
}

static void
show_band (DrawToolHost *host, const BoardRect *band)
{
  if (band != NULL)
    g_string_append_printf (FAKE_HOST (host)->words, "band:%g,%g,%g,%g ", band->x, band->y,
                            band->width, band->height);
}

static void
show_moved (DrawToolHost *host, GPtrArray *ids, double dx, double dy)
{
  FakeHost *self = FAKE_HOST (host);

  if (ids == NULL)
    {
      g_string_append (self->words, "put ");
      return;
    }
  g_string_append_printf (self->words, "moved:%g,%g:", dx, dy);
  add_ids (self, ids);
}

static void
show_faded (DrawToolHost *host, GPtrArray *ids)
{
  g_string_append (FAKE_HOST (host)->words, "faded:");
  add_ids (FAKE_HOST (host), ids);
}

static void
show_element (DrawToolHost *host, BoardElement *element)
{
  FakeHost *self = FAKE_HOST (host);
  BoardRect bounds;

  if (element == NULL)
    {
      g_string_append (self->words, "unshown ");
      return;
    }
  board_element_get_bounds (element, &bounds);
  g_string_append_printf (self->words, "shown:%g,%g ", bounds.width, bounds.height);
}

static void
show_stand_ins (DrawToolHost *host, GPtrArray *elements)
{
  FakeHost *self = FAKE_HOST (host);

  g_string_append_printf (self->words, "stand-ins:%u ", elements != NULL ? elements->len : 0);
  g_clear_pointer (&self->stand_ins, g_ptr_array_unref);
  if (elements == NULL)
    return;
  self->stand_ins = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
  for (guint i = 0; i < elements->len; i++)
    g_ptr_array_add (self->stand_ins, board_element_ref (elements->pdata[i]));
}

static void
marks_changed (DrawToolHost *host)
{
}

static void
done (DrawToolHost *host)
{
  g_string_append (FAKE_HOST (host)->words, "done ");
}

static void
do_cast (DrawToolHost *host, BoardCast *cast)
{
  g_string_append_printf (FAKE_HOST (host)->words, "cast:%u+%" G_GSIZE_FORMAT " ", cast->from,
                          board_stroke_get_n_points (cast->points));
}

static void
do_write (DrawToolHost *host, DrawWriting *writing)
{
  FakeHost *self = FAKE_HOST (host);

  g_string_append (self->words, "write ");
  g_set_object (&self->writing, writing);
}

static void
fake_host_host_init (DrawToolHostInterface *iface)
{
  iface->get_document = get_document;
  iface->get_viewport = get_viewport;
  iface->get_grid = get_grid;
  iface->get_picture_size = get_picture_size;
  iface->show_shaped = show_shaped;
  iface->get_selection = get_selection;
  iface->set_selection = set_selection;
  iface->emit_op = emit_op;
  iface->act = act;
  iface->ink_begin = ink_begin;
  iface->ink_set_points = ink_set_points;
  iface->ink_end = ink_end;
  iface->show_band = show_band;
  iface->show_moved = show_moved;
  iface->show_faded = show_faded;
  iface->show_element = show_element;
  iface->show_stand_ins = show_stand_ins;
  iface->marks_changed = marks_changed;
  iface->done = done;
  iface->cast = do_cast;
  iface->write = do_write;
}

static void
fake_host_finalize (GObject *object)
{
  FakeHost *self = FAKE_HOST (object);

  g_object_unref (self->replica);
  g_object_unref (self->viewport);
  g_ptr_array_unref (self->selection);
  g_ptr_array_unref (self->ops);
  g_clear_pointer (&self->stand_ins, g_ptr_array_unref);
  g_clear_object (&self->writing);
  g_array_unref (self->ink);
  g_string_free (self->words, TRUE);
  G_OBJECT_CLASS (fake_host_parent_class)->finalize (object);
}

static void
fake_host_class_init (FakeHostClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_host_finalize;
}

static void
fake_host_init (FakeHost *self)
{
  self->replica = board_replica_new ("me");
  self->viewport = draw_viewport_new ();
  draw_viewport_set_size (self->viewport, 800, 600);
  self->selection = g_ptr_array_new_with_free_func (g_free);
  self->ops = g_ptr_array_new_with_free_func ((GDestroyNotify) board_op_unref);
  self->ink = g_array_new (FALSE, FALSE, sizeof (BoardPoint));
  self->words = g_string_new (NULL);
}

FakeHost *
fake_host_new (void)
{
  return g_object_new (FAKE_TYPE_HOST, NULL);
}

void
fake_host_add_stroke (FakeHost *self, const char *id, double x0, double y0, double x1, double y1)
{
  const BoardPoint points[] = { { x0, y0, 0.5f }, { x1, y1, 0.5f } };
  g_autofree char *index = board_document_index_above (board_replica_get_document (self->replica));
  g_autoptr (BoardElement) element
      = board_element_new_freedraw (id, index, "#1e1e1e", 2, points, 2);
  g_autoptr (BoardOp) op = board_op_new ();
  g_autoptr (GError) error = NULL;

  board_op_add_element (op, element);
  board_replica_submit (self->replica, op, &error);
  g_assert_no_error (error);
}

void
fake_host_add_form (FakeHost *self,
                    const char *type,
                    const char *id,
                    double x,
                    double y,
                    double width,
                    double height)
{
  g_autofree char *index = board_document_index_above (board_replica_get_document (self->replica));
  g_autoptr (JsonObject) props = json_object_new ();
  g_autoptr (BoardElement) element = NULL;
  g_autoptr (BoardOp) op = board_op_new ();
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (props, "id", id);
  json_object_set_string_member (props, "type", type);
  json_object_set_string_member (props, "index", index);
  json_object_set_double_member (props, "x", x);
  json_object_set_double_member (props, "y", y);
  json_object_set_double_member (props, "width", width);
  json_object_set_double_member (props, "height", height);
  element = board_element_new (props, &error);
  g_assert_no_error (error);
  board_op_add_element (op, element);
  board_replica_submit (self->replica, op, &error);
  g_assert_no_error (error);
}

void
fake_host_take_ops (FakeHost *self, GPtrArray *ops)
{
  for (guint i = 0; i < ops->len; i++)
    draw_tool_host_emit_op (DRAW_TOOL_HOST (self), ops->pdata[i]);
  g_ptr_array_unref (ops);
}

void
fake_host_select (FakeHost *self, const char *letters)
{
  g_ptr_array_set_size (self->selection, 0);
  for (; *letters != '\0'; letters++)
    g_ptr_array_add (self->selection, g_strndup (letters, 1));
}

char *
fake_host_list (FakeHost *self)
{
  g_autoptr (GPtrArray) all
      = board_document_query (board_replica_get_document (self->replica), NULL);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? " " : "", board_element_get_id (all->pdata[i]));
  return g_string_free (list, FALSE);
}

char *
fake_host_place (FakeHost *self, const char *id)
{
  BoardElement *element = fake_host_get (self, id);

  return element != NULL ? g_strdup_printf ("%g,%g", board_element_get_x (element),
                                            board_element_get_y (element))
                         : g_strdup ("none");
}

void
fake_host_set_prop (FakeHost *self, const char *id, const char *name, JsonNode *value)
{
  g_autoptr (JsonObject) props = json_object_new ();
  g_autoptr (BoardOp) op = board_op_new ();
  g_autoptr (GError) error = NULL;

  json_object_set_member (props, name, value);
  board_op_set_props (op, id, props);
  board_replica_submit (self->replica, op, &error);
  g_assert_no_error (error);
}

char *
fake_host_take_words (FakeHost *self)
{
  char *words = g_strchomp (g_strdup (self->words->str));

  g_string_truncate (self->words, 0);
  return words;
}

BoardElement *
fake_host_get (FakeHost *self, const char *id)
{
  return board_document_get_element (board_replica_get_document (self->replica), id);
}

static DrawSample
get_sample (double x, double y)
{
  clock_ms += 8;
  return (DrawSample){ .x = x, .y = y, .pressure = 0.5f, .time = clock_ms };
}

void
fake_host_press (FakeHost *self, DrawTool *tool, double x, double y, GdkModifierType state)
{
  const DrawSample sample = get_sample (x, y);

  draw_tool_press (tool, DRAW_TOOL_HOST (self), &sample, state);
}

void
fake_host_move (FakeHost *self, DrawTool *tool, double x, double y)
{
  const DrawSample sample = get_sample (x, y);

  draw_tool_motion (tool, DRAW_TOOL_HOST (self), &sample, 1, 0);
}

void
fake_host_release (FakeHost *self, DrawTool *tool, double x, double y)
{
  const DrawSample sample = get_sample (x, y);

  draw_tool_release (tool, DRAW_TOOL_HOST (self), &sample, 0);
}
