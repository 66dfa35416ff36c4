/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-qr-code.h"

#include <glib/gi18n.h>

#ifdef HAVE_QRENCODE
#include <qrencode.h>
#endif

/* Modules of white around it: ISO/IEC 18004 asks for four. */
#define QUIET 4

struct _DrawQrCode
{
  GtkWidget parent_instance;

  /* owned */
  GByteArray *modules; /* row by row, 1: black */
  guint width;         /* modules in a row */
};

G_DEFINE_FINAL_TYPE (DrawQrCode, draw_qr_code, GTK_TYPE_WIDGET)

static void
append_row (DrawQrCode *self, GtkSnapshot *snapshot, guint y, int size)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  const guint8 *row = self->modules->data + y * self->width;

  for (guint x = 0; x < self->width; x++)
    {
      guint first = x;

      while (x < self->width && row[x])
        x++;
      if (x > first)
        gtk_snapshot_append_color (snapshot, &black,
                                   &GRAPHENE_RECT_INIT ((float)(first + QUIET) * (float)size,
                                                        (float)(y + QUIET) * (float)size,
                                                        (float)(x - first) * (float)size,
                                                        (float)size));
    }
}

static void
draw_qr_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DrawQrCode *self = DRAW_QR_CODE (widget);
  const GdkRGBA white = { 1, 1, 1, 1 };
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int whole = (int)self->width + 2 * QUIET;
  int size = MIN (width, height) / whole;

  if (self->width == 0 || size == 0)
    return;
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)((width - size * whole) / 2),
                                                          (float)((height - size * whole) / 2)));
  gtk_snapshot_append_color (snapshot, &white,
                             &GRAPHENE_RECT_INIT (0, 0, (float)(size * whole),
                                                  (float)(size * whole)));
  for (guint y = 0; y < self->width; y++)
    append_row (self, snapshot, y, size);
}

static void
draw_qr_code_finalize (GObject *object)
{
  g_byte_array_unref (DRAW_QR_CODE (object)->modules);
  G_OBJECT_CLASS (draw_qr_code_parent_class)->finalize (object);
}

static void
draw_qr_code_class_init (DrawQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = draw_qr_code_finalize;
  widget_class->snapshot = draw_qr_code_snapshot;
  gtk_widget_class_set_css_name (widget_class, "qrcode");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
draw_qr_code_init (DrawQrCode *self)
{
  self->modules = g_byte_array_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("QR code of the link"), -1);
}

GtkWidget *
draw_qr_code_new (void)
{
  return g_object_new (DRAW_TYPE_QR_CODE, NULL);
}

gboolean
draw_qr_code_is_possible (void)
{
#ifdef HAVE_QRENCODE
  return TRUE;
#else
  return FALSE;
#endif
}

gboolean
draw_qr_code_set_text (DrawQrCode *self, const char *text)
{
  g_return_val_if_fail (DRAW_IS_QR_CODE (self) && text != NULL, FALSE);

  g_byte_array_set_size (self->modules, 0);
  self->width = 0;
#ifdef HAVE_QRENCODE
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);

  if (code != NULL)
    {
      self->width = (guint)code->width;
      g_byte_array_set_size (self->modules, self->width * self->width);
      for (guint i = 0; i < self->modules->len; i++)
        self->modules->data[i] = code->data[i] & 1;
      QRcode_free (code);
    }
#endif
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return self->width > 0;
}
