/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Of nobody: made for this test, valid for a hundred years. */
static const char test_certificate[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBljCCATugAwIBAgIUMM4AvPSTl7+WWDwMD5wCe5RuxIMwCgYIKoZIzj0EAwIw\n"
    "FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMDA4NTMyN1oYDzIxMjYxMDI3\n"
    "MDg1MzI3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO\n"
    "PQMBBwNCAARVv7J1yFJsDMI5NfMrsjesQO3gPRymHfD7gutcscjjXZYf78ToNIFE\n"
    "HAOdVUpYoh6ohpoS4yZTEBzQAY2m0AH5o2kwZzAdBgNVHQ4EFgQUQ3AOFxFhRiQo\n"
    "cXrO0lfkEr5en7MwHwYDVR0jBBgwFoAUQ3AOFxFhRiQocXrO0lfkEr5en7MwDwYD\n"
    "VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID\n"
    "SQAwRgIhALEmG35cYTRUorUUVgpTwGhxS37BBo18Ijid3DdXN4xyAiEA/s6Iy/i2\n"
    "56IYRnE+wqLJo7WIbAWNAhje6HzdJniyIfY=\n"
    "-----END CERTIFICATE-----\n"
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKm48YOfadMECprvW\n"
    "doJs6wbwaQLBDd1nNfW1w4hTGTahRANCAARVv7J1yFJsDMI5NfMrsjesQO3gPRym\n"
    "HfD7gutcscjjXZYf78ToNIFEHAOdVUpYoh6ohpoS4yZTEBzQAY2m0AH5\n"
    "-----END PRIVATE KEY-----\n";
