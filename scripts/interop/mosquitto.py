"""
Runs one of Mosquitto's broker tests as far as it asks for MQTT 3.1 and 3.1.1: python3 mosquitto.py FILE PORT, in test/broker.
The files try the versions one after the other, MQTT 5 last. Exit code 77: the file asks for MQTT 5 alone.
"""

import os
import runpy
import sys

sys.argv = sys.argv[1:]
sys.path[0:0] = [os.getcwd(), os.path.dirname(os.getcwd())]
import mosq_test

connect = mosq_test.gen_connect
older = []


def gen_connect(*args, **named):
    if named.get("proto_ver", 4) & 0x7F == 5:
        # Not sys.exit: their clean-up would put its own code in place of this one.
        os._exit(0 if older else 77)
    older.append(True)
    return connect(*args, **named)


mosq_test.gen_connect = gen_connect
runpy.run_path(sys.argv[0], run_name="__main__")
