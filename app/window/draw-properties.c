/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-properties.h"

#include <glib/gi18n.h>

#include "canvas/draw-painter.h"
#include "canvas/draw-text.h"
#include "tools/draw-style.h"
#include "widgets/draw-palette.h"

#define CHOICES_MAX 8
#define PREVIEW_WIDTH 30
#define PREVIEW_HEIGHT 22

typedef enum {
  COLOR,
  FILL,   /* a colour or none */
  CHOICE, /* toggles */
  SCALE,  /* 0..100 */
} Kind;

typedef struct {
  const char *value; /* JSON; NULL: no more */
  const char *name;
  const char *sign; /* an icon's name or a letter; NULL: a picture of it */
} Choice;

typedef struct {
  const char *name, *title;
  Kind kind;
  Choice choices[CHOICES_MAX];
} Row;

/* clang-format off: a table. */
#define CHOICES(...) CHOICE, { __VA_ARGS__ }
#define NO_CHOICE { { NULL } }
#define ARROWHEADS                                                                                 \
  CHOICES ({ "\"none\"", N_("None") }, { "\"arrow\"", N_("Arrow") },                               \
           { "\"triangle\"", N_("Triangle") }, { "\"circle\"", N_("Circle") },                     \
           { "\"diamond\"", N_("Diamond") }, { "\"bar\"", N_("Bar") })

static const Row rows[] = {
  { "strokeColor", N_("Line"), COLOR, NO_CHOICE },
  { "backgroundColor", N_("Fill"), FILL, NO_CHOICE },
  { "fillStyle", N_("Fill style"),
    CHOICES ({ "\"solid\"", N_("Solid") }, { "\"hachure\"", N_("Hachure") },
             { "\"cross-hatch\"", N_("Cross-hatch") }, { "\"zigzag\"", N_("Zigzag") }) },
  { "strokeWidth", N_("Width"),
    CHOICES ({ "1", N_("Hairline") }, { "2", N_("Fine") }, { "4", N_("Medium") },
             { "8", N_("Broad") }) },
  { "strokeStyle", N_("Stroke"),
    CHOICES ({ "\"solid\"", N_("Continuous") }, { "\"dashed\"", N_("Dashed") },
             { "\"dotted\"", N_("Dotted") }) },
  { "roughness", N_("Sloppiness"),
    CHOICES ({ "0", N_("Architect") }, { "1", N_("Artist") }, { "2", N_("Cartoonist") }) },
  { "roundness", N_("Corners"), CHOICES ({ "false", N_("Sharp") }, { "true", N_("Round") }) },
  { "elbowed", N_("Course"),
    CHOICES ({ "false", N_("Straight") }, { "true", N_("Right angles") }) },
  { "startArrowhead", N_("Start"), ARROWHEADS },
  { "endArrowhead", N_("End"), ARROWHEADS },
  { "fontFamily", N_("Font"),
    CHOICES ({ "5", N_("Handwritten"), "Aa" }, { "6", N_("Normal"), "Aa" },
             { "3", N_("Code"), "Aa" }) },
  { "fontSize", N_("Size"),
    CHOICES ({ "16", N_("Small"), "S" }, { "20", N_("Medium"), "M" }, { "28", N_("Large"), "L" },
             { "36", N_("Very large"), "XL" }) },
  { "textAlign", N_("Alignment"),
    CHOICES ({ "\"left\"", N_("Left"), "format-justify-left-symbolic" },
             { "\"center\"", N_("Centre"), "format-justify-center-symbolic" },
             { "\"right\"", N_("Right"), "format-justify-right-symbolic" }) },
  { "opacity", N_("Opacity"), SCALE, NO_CHOICE },
};
/* clang-format on */

typedef struct {
  GtkWidget *title, *control; /* of the grid */
  GtkWidget *palette;         /* of a colour */
  GtkWidget *buttons[CHOICES_MAX];
} Widgets;

struct _DrawProperties {
  GtkWidget parent_instance;

  GtkGrid *grid;
  Widgets widgets[G_N_ELEMENTS (rows)];
  GtkWidget *nothing; /* says that there is nothing to be chosen */
  gboolean updating;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawProperties, draw_properties, GTK_TYPE_WIDGET)

static void
emit_chosen (DrawProperties *self, const char *name, JsonNode *value)
{
  g_signal_emit (self, signals[CHOSEN], 0, name, value);
}

/* ---- pictures of a choice: painted by what paints the board ---- */

static void
set_way (JsonObject *props, gboolean bent)
{
  g_autoptr (JsonNode) points
      = json_from_string (bent ? "[[0,-6],[11,-6],[11,6],[22,6]]" : "[[0,0],[22,0]]", NULL);

  json_object_set_double_member (props, "y", PREVIEW_HEIGHT / 2.0);
  json_object_set_int_member (props, "height", 0);
  json_object_set_member (props, "points", g_steal_pointer (&points));
}

static BoardElement *
make_sample (const char *name, const char *value)
{
  const gboolean is_line = g_str_has_suffix (name, "Arrowhead") || g_str_equal (name, "strokeStyle")
                           || g_str_equal (name, "elbowed")
                           || g_str_equal (name, "strokeWidth");
  const BoardElementType type = is_line ? BOARD_ELEMENT_ARROW : BOARD_ELEMENT_DIAMOND;
  g_autoptr (JsonNode) own = json_from_string (value, NULL);
  g_autoptr (JsonNode) node = draw_style_to_board (type, name, own);
  g_autoptr (JsonObject) props = json_object_new ();

  json_object_set_string_member (props, "id", "sample");
  json_object_set_string_member (props, "index", "a0");
  json_object_set_string_member (props, "type", is_line ? "arrow" : "rectangle");
  json_object_set_int_member (props, "x", 4);
  json_object_set_int_member (props, "y", 4);
  json_object_set_int_member (props, "width", 22);
  json_object_set_int_member (props, "height", PREVIEW_HEIGHT - 8);
  json_object_set_int_member (props, "seed", 7);
  json_object_set_double_member (props, "strokeWidth", 1.5);
  json_object_set_int_member (props, "roughness", 0);
  if (g_str_equal (name, "fillStyle"))
    json_object_set_string_member (props, "backgroundColor", "#1e1e1e");
  if (is_line)
    set_way (props, g_str_equal (name, "elbowed") && json_node_get_boolean (own));
  if (!JSON_NODE_HOLDS_NULL (node))
    json_object_set_member (props, name, g_steal_pointer (&node));
  return board_element_new (props, NULL);
}

static void
draw_sample (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  const DrawPainterItem item = { .element = user_data, .alpha = 1 };
  DrawPainting painting = { .clip = { 0, 0, width, height }, .scale = 1 };
  GdkRGBA color;

  painting.scale = gtk_widget_get_scale_factor (GTK_WIDGET (area));
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &color);
  /* Black ink becomes the colour of the text around it. */
  cairo_push_group (cr);
  draw_painter_paint (cr, &item, &painting);
  cairo_pattern_t *ink = cairo_pop_group (cr);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_mask (cr, ink);
  cairo_pattern_destroy (ink);
}

static GtkWidget *
make_picture (const char *name, const char *value)
{
  BoardElement *sample = make_sample (name, value);
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), PREVIEW_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), PREVIEW_HEIGHT);
  if (sample != NULL)
    gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_sample, sample,
                                    (GDestroyNotify) board_element_unref);
  return area;
}

static GtkWidget *
make_letters (const char *name, const Choice *choice)
{
  GtkWidget *label = gtk_label_new (choice->sign);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (g_str_equal (name, "fontFamily"))
    pango_attr_list_insert (attributes, pango_attr_family_new (draw_text_get_families (
                                            (int) g_ascii_strtoll (choice->value, NULL, 10))));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  return label;
}

/* ---- controls ---- */

static void
on_button_toggled (GtkToggleButton *button, DrawProperties *self)
{
  if (self->updating)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint n = 0; n < CHOICES_MAX; n++)
      if (self->widgets[i].buttons[n] == GTK_WIDGET (button))
        {
          g_autoptr (JsonNode) value = json_from_string (rows[i].choices[n].value, NULL);

          draw_properties_show (self, rows[i].name, TRUE, value);
          emit_chosen (self, rows[i].name, value);
          return;
        }
}

static GtkWidget *
make_button (DrawProperties *self, guint row, guint n)
{
  const Choice *choice = &rows[row].choices[n];
  GtkWidget *button = gtk_toggle_button_new ();

  if (choice->sign == NULL)
    gtk_button_set_child (GTK_BUTTON (button), make_picture (rows[row].name, choice->value));
  else if (g_str_has_suffix (choice->sign, "-symbolic"))
    gtk_button_set_icon_name (GTK_BUTTON (button), choice->sign);
  else
    gtk_button_set_child (GTK_BUTTON (button), make_letters (rows[row].name, choice));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ (choice->name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (choice->name), -1);
  g_signal_connect (button, "toggled", G_CALLBACK (on_button_toggled), self);
  self->widgets[row].buttons[n] = button;
  return button;
}

static GtkWidget *
make_choices (DrawProperties *self, guint row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  for (guint n = 0; n < CHOICES_MAX && rows[row].choices[n].value != NULL; n++)
    gtk_box_append (GTK_BOX (box), make_button (self, row, n));
  return box;
}

static guint
find_row_of (DrawProperties *self, GtkWidget *widget)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (self->widgets[i].palette == widget || self->widgets[i].control == widget
        || self->widgets[i].buttons[0] == widget)
      return i;
  g_assert_not_reached ();
}

static void
choose_color (DrawProperties *self, guint row, const char *color)
{
  g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (), color);

  draw_properties_show (self, rows[row].name, TRUE, value);
  emit_chosen (self, rows[row].name, value);
}

static void
on_color_chosen (DrawPalette *palette, const char *color, DrawProperties *self)
{
  if (!self->updating)
    choose_color (self, find_row_of (self, GTK_WIDGET (palette)), color);
}

static void
on_none_toggled (GtkToggleButton *button, DrawProperties *self)
{
  if (!self->updating)
    choose_color (self, find_row_of (self, GTK_WIDGET (button)), "transparent");
}

static GtkWidget *
make_colors (DrawProperties *self, guint row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  Widgets *widgets = &self->widgets[row];

  widgets->palette = draw_palette_new ();
  gtk_widget_set_halign (widgets->palette, GTK_ALIGN_START);
  g_signal_connect (widgets->palette, "chosen", G_CALLBACK (on_color_chosen), self);
  if (rows[row].kind == FILL)
    {
      widgets->buttons[0] = gtk_toggle_button_new_with_label (_ ("No fill"));
      gtk_widget_add_css_class (widgets->buttons[0], "flat");
      gtk_widget_set_halign (widgets->buttons[0], GTK_ALIGN_START);
      g_signal_connect (widgets->buttons[0], "toggled", G_CALLBACK (on_none_toggled), self);
      gtk_box_append (GTK_BOX (box), widgets->buttons[0]);
    }
  gtk_box_append (GTK_BOX (box), widgets->palette);
  return box;
}

static void
on_scale_changed (GtkRange *range, DrawProperties *self)
{
  g_autoptr (JsonNode) value = NULL;

  if (self->updating)
    return;
  value = json_node_init_int (json_node_alloc (), (int64_t) (gtk_range_get_value (range) + 0.5));
  emit_chosen (self, rows[find_row_of (self, GTK_WIDGET (range))].name, value);
}

static GtkWidget *
make_scale (DrawProperties *self, guint row)
{
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 5, 100, 5);

  gtk_widget_set_hexpand (scale, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (rows[row].title), -1);
  g_signal_connect (scale, "value-changed", G_CALLBACK (on_scale_changed), self);
  return scale;
}

static void
add_row (DrawProperties *self, guint row)
{
  Widgets *widgets = &self->widgets[row];

  widgets->title = gtk_label_new (_ (rows[row].title));
  gtk_widget_add_css_class (widgets->title, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (widgets->title), 0);
  /* Large letters take more lines, not more width: there may be no more. */
  gtk_label_set_wrap (GTK_LABEL (widgets->title), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (widgets->title), 6);
  gtk_label_set_max_width_chars (GTK_LABEL (widgets->title), 18);
  gtk_widget_set_valign (widgets->title, GTK_ALIGN_CENTER);
  if (rows[row].kind == CHOICE)
    widgets->control = make_choices (self, row);
  else if (rows[row].kind == SCALE)
    widgets->control = make_scale (self, row);
  else
    widgets->control = make_colors (self, row);
  gtk_grid_attach (self->grid, widgets->title, 0, (int) row, 1, 1);
  gtk_grid_attach (self->grid, widgets->control, 1, (int) row, 1, 1);
}

static void
draw_properties_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (draw_properties_parent_class)->dispose (object);
}

static void
draw_properties_class_init (DrawPropertiesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_properties_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", DRAW_TYPE_PROPERTIES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_NODE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "properties");
}

static void
draw_properties_init (DrawProperties *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_grid_set_column_spacing (self->grid, 12);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add_row (self, i);
  self->nothing = gtk_label_new (_ ("Nothing to choose for this tool"));
  gtk_grid_attach (self->grid, self->nothing, 0, G_N_ELEMENTS (rows), 2, 1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->grid));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 460);
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
}

guint
draw_properties_get_n_names (void)
{
  return G_N_ELEMENTS (rows);
}

const char *
draw_properties_get_nth_name (guint i)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (rows), NULL);

  return rows[i].name;
}

static void
show_choice (DrawProperties *self, guint row, JsonNode *value)
{
  g_autofree char *text = value != NULL ? json_to_string (value, FALSE) : NULL;

  for (guint n = 0; n < CHOICES_MAX && rows[row].choices[n].value != NULL; n++)
    {
      g_autoptr (JsonNode) own = json_from_string (rows[row].choices[n].value, NULL);
      const gboolean is_number = json_node_get_value_type (own) == G_TYPE_INT64;
      const gboolean active
          = value != NULL
            && (is_number ? json_node_get_double (own) == json_node_get_double (value)
                          : g_strcmp0 (rows[row].choices[n].value, text) == 0);

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->widgets[row].buttons[n]), active);
    }
}

static void
show_color (DrawProperties *self, guint row, JsonNode *value)
{
  const char *color = value != NULL ? json_node_get_string (value) : NULL;

  if (self->widgets[row].buttons[0] != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->widgets[row].buttons[0]),
                                  g_strcmp0 (color, "transparent") == 0);
  if (color == NULL || g_str_equal (color, "transparent"))
    draw_palette_clear (DRAW_PALETTE (self->widgets[row].palette));
  else
    draw_palette_set_color (DRAW_PALETTE (self->widgets[row].palette), color);
}

static void
show_title (DrawProperties *self, guint row, gboolean mixed)
{
  g_autofree char *title
      /* Translators: a property of which several things selected have different values. */
      = mixed ? g_strdup_printf (_ ("%s (mixed)"), _ (rows[row].title))
              : g_strdup (_ (rows[row].title));

  gtk_label_set_text (GTK_LABEL (self->widgets[row].title), title);
}

static void
update_nothing (DrawProperties *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    any = any || gtk_widget_get_visible (self->widgets[i].control);
  gtk_widget_set_visible (self->nothing, !any);
}

void
draw_properties_show (DrawProperties *self, const char *name, gboolean concerns, JsonNode *value)
{
  g_return_if_fail (DRAW_IS_PROPERTIES (self));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (!g_str_equal (rows[i].name, name))
        continue;
      self->updating = TRUE;
      gtk_widget_set_visible (self->widgets[i].title, concerns);
      gtk_widget_set_visible (self->widgets[i].control, concerns);
      show_title (self, i, concerns && value == NULL);
      if (rows[i].kind == CHOICE)
        show_choice (self, i, value);
      else if (rows[i].kind != SCALE)
        show_color (self, i, value);
      else if (value != NULL)
        gtk_range_set_value (GTK_RANGE (self->widgets[i].control), json_node_get_double (value));
      self->updating = FALSE;
    }
  update_nothing (self);
}

void
draw_properties_set_shown_func (DrawProperties *self, DrawPropertiesShownFunc func)
{
  g_return_if_fail (DRAW_IS_PROPERTIES (self));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (self->widgets[i].palette != NULL)
      draw_palette_set_shown_func (DRAW_PALETTE (self->widgets[i].palette), func);
}
