/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-adapter.h"

G_BEGIN_DECLS

/**
 * SioParentAdapter: of a namespace that nobody is in, only in its children: what is said to it is
 * said to each of them. Answers and lists are asked of a child.
 */
#define SIO_TYPE_PARENT_ADAPTER (sio_parent_adapter_get_type ())
G_DECLARE_FINAL_TYPE (SioParentAdapter, sio_parent_adapter, SIO, PARENT_ADAPTER, SioAdapter)

G_END_DECLS
