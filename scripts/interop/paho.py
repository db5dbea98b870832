"""Runs Paho's interoperability tests against a port: python3 paho.py PORT, in the folder of client_test.py. One line of JSON for each test."""

import json
import os
import sys
import unittest

port = int(sys.argv[1])
sys.argv = ["client_test.py"]
sys.path.insert(0, os.getcwd())
import client_test

# What the file sets when it is started by itself.
client_test.host = "127.0.0.1"
client_test.port = port
client_test.topics = ("TopicA", "TopicA/B", "Topic/C", "TopicA/C", "/TopicA")
client_test.wildtopics = ("TopicA/+", "+/C", "#", "/#", "/+", "+/+", "TopicA/#")
client_test.nosubscribe_topics = ("test/nosubscribe",)


class Lines(unittest.TestResult):
    def tell(self, test, passed, why=""):
        told = {"test": test.id().split(".")[-1], "passed": passed, "why": why.strip().split("\n")[-1][:200]}
        print("RESULT " + json.dumps(told), flush=True)

    def addSuccess(self, test):
        self.tell(test, True)

    def addFailure(self, test, err):
        self.tell(test, False, self._exc_info_to_string(err, test))

    addError = addFailure


unittest.defaultTestLoader.loadTestsFromModule(client_test).run(Lines())
