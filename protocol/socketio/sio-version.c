/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-version.h"

guint
sio_get_major_version (void)
{
  return SIO_MAJOR_VERSION;
}

guint
sio_get_minor_version (void)
{
  return SIO_MINOR_VERSION;
}

guint
sio_get_micro_version (void)
{
  return SIO_MICRO_VERSION;
}
