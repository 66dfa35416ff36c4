/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A board that is announced on the local network is a service (RFC 6763) of this type. Its name is the
 * board's id; its TXT record says "v=1", "title=..." and "person=...". None of that lets anybody in: no key,
 * no invitation is ever announced. */
#define DRAW_NEARBY_TYPE "_drawbridge._tcp"

/* What the record says, fit to be shown: see draw_name_clean(). "" for what it does not say. */
typedef struct {
  char *title;
  char *person;
} DrawNearbyRecord;

/* title, person: nullable; cut to what a string of a record takes. A floating "aay". */
GVariant *draw_nearby_record_build (const char *title, const char *person);
/* strings: "aay", of a stranger. NULL when it is not one of ours, of another version, or too large.
 * Transfer full. */
DrawNearbyRecord *draw_nearby_record_parse (GVariant *strings);
void draw_nearby_record_free (DrawNearbyRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawNearbyRecord, draw_nearby_record_free)

G_END_DECLS
