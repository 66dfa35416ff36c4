/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-choice.h"

static gboolean
from_setting (GValue *value, GVariant *variant, gpointer names)
{
  for (guint i = 0; ((const char *const *) names)[i] != NULL; i++)
    if (g_str_equal (((const char *const *) names)[i], g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
to_setting (const GValue *value, const GVariantType *type, gpointer names)
{
  return g_variant_new_string (((const char *const *) names)[g_value_get_uint (value)]);
}

void
draw_choice_bind (GSettings *settings,
                  const char *key,
                  AdwComboRow *row,
                  const char *const *names)
{
  g_return_if_fail (G_IS_SETTINGS (settings) && ADW_IS_COMBO_ROW (row));
  g_return_if_fail (names != NULL && names[0] != NULL);

  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                from_setting, to_setting, (gpointer) names, NULL);
}
