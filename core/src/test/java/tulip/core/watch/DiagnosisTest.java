// SPDX-License-Identifier: Apache-2.0
package tulip.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.diagnostics.BlockVerdict;

/// Verdicts on real threads that are stuck for real.
class DiagnosisTest {
  private static volatile boolean released;

  private static Diagnosis of(Thread thread) {
    return new Diagnosis(thread, thread.getState(), List.of(thread.getStackTrace()));
  }

  /// Waits until the thread is where it will stay.
  private static Diagnosis when(Thread thread, Predicate<Diagnosis> stuck) {
    while (true) {
      var diagnosis = of(thread);
      if (stuck.test(diagnosis)) {
        return diagnosis;
      }
      Thread.onSpinWait();
    }
  }

  private static boolean isIn(Diagnosis diagnosis, String method) {
    return diagnosis.stack().stream().anyMatch(frame -> frame.getMethodName().equals(method));
  }

  private static void assertAt(String method, @Nullable StackTraceElement frame) {
    assertNotNull(frame);
    assertEquals(DiagnosisTest.class.getName(), frame.getClassName());
    assertEquals(method, frame.getMethodName());
  }

  private static void computeUntilReleased() {
    while (!released) {
      Thread.onSpinWait();
    }
  }

  @Test
  void computing() throws InterruptedException {
    var thread = new Thread(DiagnosisTest::computeUntilReleased);
    thread.start();
    try {
      var verdict = when(thread, it -> isIn(it, "computeUntilReleased")).verdict(true);
      assertAt(
          "computeUntilReleased", assertInstanceOf(BlockVerdict.Computing.class, verdict).frame());
      assertTrue(verdict.text().startsWith("computes at "), verdict::text);
    } finally {
      released = true;
      thread.join();
      released = false;
    }
  }

  private static void lock(ReentrantLock lock) {
    lock.lock();
    try {
      assertTrue(lock.isHeldByCurrentThread());
    } finally {
      lock.unlock();
    }
  }

  @Test
  void aLockOfAPlatformThread() throws InterruptedException {
    var lock = new ReentrantLock();
    var thread = new Thread(() -> lock(lock));
    lock.lock();
    try {
      thread.start();
      var verdict = when(thread, it -> it.state() == Thread.State.WAITING).verdict(false);
      var found = assertInstanceOf(BlockVerdict.Lock.class, verdict);
      assertTrue(found.lock().contains("ReentrantLock"), found::lock);
      assertEquals(Thread.currentThread().getName(), found.holder());
      assertAt("lock", found.frame());
    } finally {
      lock.unlock();
    }
    thread.join();
  }

  @Test
  void aMonitorOfAPlatformThread() throws InterruptedException {
    var monitor = new Object();
    var thread = new Thread(() -> enter(monitor));
    synchronized (monitor) {
      thread.start();
      var verdict = when(thread, it -> it.state() == Thread.State.BLOCKED).verdict(false);
      var found = assertInstanceOf(BlockVerdict.Lock.class, verdict);
      assertTrue(found.lock().startsWith("java.lang.Object@"), found::lock);
      assertEquals(Thread.currentThread().getName(), found.holder());
      assertAt("enter", found.frame());
    }
    thread.join();
  }

  private static void enter(Object monitor) {
    synchronized (monitor) {
      assertTrue(Thread.holdsLock(monitor));
    }
  }

  @Test
  void aLockOfAVirtualThread() throws InterruptedException {
    var lock = new ReentrantLock();
    var thread = Thread.ofVirtual().unstarted(() -> lock(lock));
    lock.lock();
    try {
      thread.start();
      var verdict = when(thread, it -> it.state() == Thread.State.WAITING).verdict(false);
      var found = assertInstanceOf(BlockVerdict.Lock.class, verdict);
      assertTrue(found.lock().contains("ReentrantLock"), found::lock);
      assertNull(found.holder());
    } finally {
      lock.unlock();
    }
    thread.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aForeignWait() throws InterruptedException {
    var latch = new CountDownLatch(1);
    var thread = Thread.startVirtualThread(() -> await(latch));
    try {
      var verdict = when(thread, it -> it.state() == Thread.State.WAITING).verdict(false);
      assertAt("await", assertInstanceOf(BlockVerdict.ForeignWait.class, verdict).frame());
    } finally {
      latch.countDown();
    }
    thread.join();
  }

  private static final CountDownLatch INITIALISED = new CountDownLatch(1);

  private static final class Waits {
    static final String VALUE;

    static {
      DiagnosisTest.await(INITIALISED);
      VALUE = "initialised";
    }
  }

  @Test
  void aWaitInAClassInitialiser() throws InterruptedException {
    var thread = Thread.startVirtualThread(() -> assertEquals("initialised", Waits.VALUE));
    try {
      var verdict = when(thread, it -> isIn(it, "parkOnCarrierThread")).verdict(true);
      var frame = assertInstanceOf(BlockVerdict.Pinned.class, verdict).frame();
      assertNotNull(frame);
      assertEquals(Waits.class.getName(), frame.getClassName());
      assertEquals("<clinit>", frame.getMethodName());
    } finally {
      INITIALISED.countDown();
    }
    thread.join();
  }

  @Test
  void aReadOfAFile(@TempDir Path folder) throws Exception {
    var fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    var thread = new Thread(() -> read(fifo));
    thread.start();
    var verdict = when(thread, it -> isIn(it, "open0")).verdict(true);
    var found = assertInstanceOf(BlockVerdict.BlockingCall.class, verdict);
    assertEquals("an operation on a file", found.call());
    assertAt("read", found.frame());
    Files.writeString(fifo, "x");
    thread.join();
  }

  private static void read(Path fifo) {
    try (var in = new java.io.FileInputStream(fifo.toFile())) {
      assertEquals('x', in.read());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReadOfAPipe() throws Exception {
    var process = new ProcessBuilder("cat").start();
    var thread = new Thread(() -> read(process));
    thread.start();
    var verdict = when(thread, it -> isIn(it, "readBytes")).verdict(true);
    process.destroy();
    thread.join();
    var found = assertInstanceOf(BlockVerdict.BlockingCall.class, verdict);
    assertEquals("a read of a process's output", found.call());
    assertEquals("Move it to Tulip.blocking.", found.advice());
  }

  private static void read(Process process) {
    try {
      assertEquals(-1, process.getInputStream().read());
    } catch (IOException e) {
      assertTrue(!process.isAlive());
    }
  }

  /// Whoever made the stack by hand: calls that need a network, a terminal, a cold class.
  private static @Nullable String callOf(String type, String method) {
    var frame = new StackTraceElement(null, "java.base", null, type, method, null, -1);
    var call = KnownCalls.find(List.of(frame));
    return call == null ? null : call.name();
  }

  @Test
  void callsByTheirFrames() {
    assertEquals(
        "a look-up of a host name", callOf("java.net.Inet6AddressImpl", "lookupAllHostAddr"));
    assertEquals("a look-up of a host name", callOf("java.net.InetAddress", "getByName"));
    assertEquals("a read of standard input", callOf("java.lang.System$In", "read"));
    assertEquals("a lock of a file", callOf("sun.nio.ch.FileChannelImpl", "lock"));
    assertEquals("an operation on a file", callOf("sun.nio.ch.FileChannelImpl", "force"));
    assertEquals(
        "the first use of a library, whose classes are loaded",
        callOf("java.lang.ClassLoader", "defineClass1"));
    assertNull(callOf("java.net.InetSocketAddress", "toString"));
    assertNull(callOf("sun.nio.ch.NioSocketImpl", "read"));
  }
}
