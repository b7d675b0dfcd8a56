"""A rate as a judge found it, corrected for the mistakes that the judge is known to make."""

from math import sqrt

from eval.stats.agreement import Accuracy
from eval.stats.interval import LEVEL, Rate, normal


def corrected(found: float, n: float, known: Accuracy) -> Rate | None:
    """The true rate behind ``found`` of ``n``, with an interval that holds the noise of the test and of the labels.

    None where there is no label of one kind, or where the judge is no better than a coin. ``n`` may be an effective
    size.
    Source: Rogan and Gladen, American Journal of Epidemiology 107 (1978); interval by Lang and Reiczigel, Preventive
    Veterinary Medicine 113 (2014), 13-22.
    """
    better = known.sensitivity + known.specificity - 1
    if not known.good or not known.bad or n <= 0 or better <= 0:
        return None
    value = min(1.0, max(0.0, (found + known.specificity - 1) / better))
    z = normal((1 + LEVEL) / 2)
    share, size = (n * found + z * z / 2) / (n + z * z), n + z * z
    good, bad = (known.good_found + 1) / (known.good + 2), (known.bad_found + 1) / (known.bad + 2)
    slope = good + bad - 1
    middle = (share + bad - 1) / slope
    noise_good, noise_bad = good * (1 - good) / (known.good + 2), bad * (1 - bad) / (known.bad + 2)
    shift = 2 * z * z * (middle * noise_good - (1 - middle) * noise_bad)
    half = z / slope * sqrt(share * (1 - share) / size + middle**2 * noise_good + (1 - middle) ** 2 * noise_bad)
    low, high = (min(1.0, max(0.0, bound)) for bound in (middle + shift - half, middle + shift + half))
    return Rate(value, min(low, value), max(high, value), round(n))
