#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns the JSON lines of run-peers (standard input) into one Markdown table.

Every cell is the median of the runs, with (min-max) where it matters.
"x limit" compares CPU per operation with limit-naive in the same scenario.
"""
import json
import statistics
import sys

lines = [json.loads(l) for l in sys.stdin if l.strip()]
cases, names = [], []
for l in lines:
    if l['case'] not in cases:
        cases.append(l['case'])
    if l['name'] not in names:
        names.append(l['name'])

RATE = ('delivered_per_s', 'acks_per_s', 'connects_per_s')
FAULTS = ('lost', 'undelivered', 'duplicated', 'out_of_order', 'misrouted', 'altered',
          'unsent', 'disconnects', 'failed', 'retries')


def values(rows, *keys):
    return [r[k] for r in rows for k in keys if k in r]


def show(v, spread=False):
    if not v:
        return ''
    m = statistics.median(v)
    digits = 0 if m >= 100 else 1 if m >= 10 else 2
    text = f'{m:,.{digits}f}'
    if spread and len(v) > 1:
        text += f' ({min(v):,.{digits}f}-{max(v):,.{digits}f})'
    return text


print('| scenario | server | per second | CPU us/op | x limit | p50 ms | p99 ms | max ms | '
      'KB/conn | idle CPU % | server CPU % | gen CPU % | notes |')
print('|' + '---|' * 13)
for case in cases:
    base = None
    for name in names:
        rows = [l for l in lines if l['case'] == case and l['name'] == name]
        ok = [r for r in rows if 'error' not in r]
        if not rows:
            continue
        notes = []
        if len(ok) < len(rows):
            notes.append(f'{len(rows) - len(ok)} of {len(rows)} runs failed')
        cpu = values(ok, 'cpu_us_per_msg')
        if name == 'limit-naive' and cpu:
            base = statistics.median(cpu)
        lat = {q: [v / 1e3 for v in values(ok, *(f'{w}_{q}_us' for w in
                   ('lat', 'rtt', 'connect', 'reconnect')))] for q in ('p50', 'p99', 'max')}
        for k in FAULTS:
            m = max(values(ok, k), default=0)
            if m:
                notes.append(f'{k} {m}')
        if values(ok, 'all_back_s'):
            notes.append('all back after ' + show(values(ok, 'all_back_s'), True) + ' s')
        short = [r for r in ok if r.get('delivered_per_s', 1) < .97 * r.get('expected_per_s', 0)]
        if short:
            notes.append(f'asked {short[0]["expected_per_s"]:,.0f}/s')
        if any(r.get('stalled') for r in ok):
            notes.append('stalled')
        if any(r.get('generator_bound') for r in ok):
            notes.append('generator-bound')
        if max(values(ok, 'other_cpu'), default=0) > .3:
            notes.append(f'noise {max(values(ok, "other_cpu")):.1f} CPU')
        print('|', ' | '.join([
            case, name, show(values(ok, *RATE), True), show(cpu, True),
            f'{statistics.median(cpu) / base:.2f}' if base and cpu else '',
            show(lat['p50']), show(lat['p99'], True), show(lat['max']),
            show(values(ok, 'rss_per_conn_kb'), True),
            show([100 * v for v in values(ok, 'idle_cpu_share')]),
            show([100 * v for v in values(ok, 'server_cpu_share')]),
            show([100 * v for v in values(ok, 'gen_cpu_share')]),
            '; '.join(notes)]), '|')
