#!/bin/sh
# Starts workerd deaf to Ctrl-C, which a terminal sends to the whole group: the server hears it alone, and ends workerd
# by SIGTERM once what is in flight is finished. (A signal that is ignored stays ignored across exec.)
trap '' INT
exec "$XUEFA_WORKERD" "$@"
