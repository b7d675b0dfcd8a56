"""Two policies over the same past mails: what would come out otherwise, and why. Values in, values out."""
