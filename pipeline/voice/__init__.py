"""The manner of writing: how a text addresses its reader, how one draft should, and what sent mail says of both."""
