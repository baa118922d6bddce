// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

/// Who is measured, in the order of the report. The names are those of the figures.
enum Peer {
  TULIP("tulip", "Tulip", "the carrier engine"),
  BATON("baton", "Tulip, baton", "the engine that needs no flag; its loop is a virtual thread"),
  BARE("bare", "bare", "the JDK's virtual threads on one platform thread: the carrier's floor"),
  JDK(
      "jdk",
      "JDK",
      "plain virtual threads on one carrier; for callbacks and timers an executor with one thread"),
  KOTLIN("kotlin", "Kotlin", "coroutines in `runBlocking`"),
  KOTLIN_DEFAULT(
      "kotlinDefault", "Kotlin, all cores", "coroutines on `Dispatchers.Default`, as is usual"),
  JOX("jox", "jox", "jox's channels on plain virtual threads with one carrier"),
  JOX_DEFAULT("joxDefault", "jox, all cores", "the same with a carrier a processor, as is usual"),
  GO("go", "Go", "goroutines with `GOMAXPROCS=1`"),
  UVLOOP("uvloop", "uvloop", "asyncio's tasks on libuv; 200,000 sleepers"),
  ASYNCIO("asyncio", "asyncio", "CPython's own loop; 200,000 sleepers");

  final String id;
  final String title;
  final String what;

  Peer(String id, String title, String what) {
    this.id = id;
    this.title = title;
    this.what = what;
  }
}
