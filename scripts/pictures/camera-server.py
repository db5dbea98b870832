#!/usr/bin/python3
"""An RTSP server that none of us wrote (GStreamer's), as cameras to look at.

Debian 12: apt-get install gstreamer1.0-plugins-{base,good,bad,ugly} gir1.2-gst-rtsp-server-1.0 python3-gi
Run:       /usr/bin/python3 scripts/pictures/camera-server.py [FILE.mp4]

Says `ports N M` when it listens, and `flip black|white MS` (Unix time) when a picture of the other brightness is made.
  /flip   white and black by turns, encoded live, key frame every 2 s
  /file   the H.264 of FILE.mp4 as it is, from its beginning with the first viewer, for all viewers the same
On the second port, /file is for user `guard` with password `s3cret` (Digest).
"""

import sys
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

FRAMES_UNTIL_FLIP = 43

Gst.init(None)


def flips(source):
    """Turns the picture over every so many frames, and tells when the first turned one leaves the source."""
    state = {"count": 0, "white": True, "told": True}

    def each(_pad, _info):
        if not state["told"]:
            state["told"] = True
            print("flip", "white" if state["white"] else "black", round(time.time() * 1000), flush=True)
        state["count"] += 1
        if state["count"] % FRAMES_UNTIL_FLIP == 0:
            state["white"] = not state["white"]
            source.set_property("pattern", 3 if state["white"] else 2)
            state["told"] = False
        return Gst.PadProbeReturn.OK

    source.get_static_pad("src").add_probe(Gst.PadProbeType.BUFFER, each)


def mount(server, path, launch, configure=None):
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(launch)
    factory.set_shared(True)
    if configure:
        factory.connect("media-configure", lambda _f, media: configure(media))
    server.get_mount_points().add_factory(path, factory)
    return factory


def guard(server, factory):
    """Digest for everything of a server."""
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    user = GstRtspServer.RTSPToken()
    user.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, "user")
    auth.add_digest("guard", "s3cret", user)
    server.set_auth(auth)
    may = "user, media.factory.access=(boolean)true, media.factory.construct=(boolean)true"
    factory.add_role_from_structure(Gst.Structure.new_from_string(may))


def listening():
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    return server


def main():
    server = listening()
    encoder = "x264enc tune=zerolatency speed-preset=superfast key-int-max=50 bitrate=4000 ! video/x-h264,profile=high"
    caps = "video/x-raw,width=1280,height=720,framerate=25/1"
    pay = "h264parse ! rtph264pay name=pay0 pt=96 config-interval=1"
    live = f"( videotestsrc name=source is-live=true pattern=white ! {caps} ! {encoder} ! {pay} )"
    mount(server, "/flip", live, lambda media: flips(media.get_element().get_by_name("source")))
    guarded = listening()
    if len(sys.argv) > 1:
        play = f'( filesrc location="{sys.argv[1]}" ! qtdemux ! {pay} )'
        mount(server, "/file", play)
        guard(guarded, mount(guarded, "/file", play))
    server.attach(None)
    guarded.attach(None)
    print("ports", server.get_bound_port(), guarded.get_bound_port(), flush=True)
    # Ends with whoever started it: their end of standard input closes.
    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_HUP | GLib.IO_IN, lambda *_: loop.quit())
    loop.run()


loop = GLib.MainLoop()
main()
