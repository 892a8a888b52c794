"""Codes of the second factor, as an app shows them."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

# Seconds: of a code, and for how long it must still be valid: on a busy machine it is over once it is sent.
PERIOD, LEAST_LEFT = 30, 5


def code_of(secret):
    """What an app shows that was set up with `secret`, valid for a while yet."""
    if (left := PERIOD - time.time() % PERIOD) < LEAST_LEFT:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
