#!/bin/sh
# Starts workerd deaf to Ctrl-C, which a terminal sends to the whole group: the server hears it alone, and ends workerd
# by SIGTERM once what is in flight is finished. (A signal that is ignored stays ignored across exec.)
trap '' INT
# What it writes is its owner's alone, wherever the state folder was put.
umask 077
exec "$XUEFA_WORKERD" "$@"
