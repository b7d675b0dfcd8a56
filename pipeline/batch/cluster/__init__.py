"""The same chunk function on many machines: parcels of mail out, shards of calls and rows in, merged by key."""
