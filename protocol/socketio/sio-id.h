/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 120 random bits as base64url without padding, the form of the reference's ids. */
#define SIO_ID_LENGTH 20

/* Writes SIO_ID_LENGTH characters and a NUL. */
void sio_id_make (char id[SIO_ID_LENGTH + 1]);

G_END_DECLS
