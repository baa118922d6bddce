// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// First in, first out: who gets the turn of one loop next.
///
/// The loop's own thread appends to a plain linked list. Everybody else pushes onto a lock-free
/// stack, the inbox, which the loop collects in order of arrival. A push that finds the loop asleep
/// wakes it, once however many pushes there are.
public final class ReadyQueue {
  private static final VarHandle INBOX;
  private static final VarHandle ASLEEP;

  static {
    try {
      var lookup = MethodHandles.lookup();
      INBOX = lookup.findVarHandle(ReadyQueue.class, "inbox", Ready.class);
      ASLEEP = lookup.findVarHandle(ReadyQueue.class, "asleep", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// The inbox of a closed loop.
  private static final Ready CLOSED =
      new Ready() {
        @Override
        public void run() {
          throw new AssertionError("the end of the inbox has no turn");
        }
      };

  private final Runnable wakeup;

  private @Nullable Ready head;
  private @Nullable Ready tail;
  private int size;
  private volatile @Nullable Ready inbox;
  private volatile boolean asleep;
  private volatile @Nullable Thread owner;
  private @Nullable Fiber mounted;
  private long turns;
  private int outside;
  private int turnsLeft;
  private boolean direct;
  private volatile boolean away;
  private long strangerTurns;
  private @Nullable Steps steps;

  /// An empty queue without an owner; `wakeup` ends the owner's sleep and may be called by any
  /// thread.
  public ReadyQueue(Runnable wakeup) {
    this.wakeup = wakeup;
  }

  // Who owns the turn.

  /// Makes the calling thread the one whose turns these are.
  public void own() {
    owner = Thread.currentThread();
  }

  /// Leaves the queue without an owner until the loop runs again.
  public void disown() {
    owner = null;
  }

  /// The thread that gives the turns, or `null` while the loop does not run.
  public @Nullable Thread owner() {
    return owner;
  }

  /// Whether the calling thread has the turn: the loop's own, or the one it has given the turn to.
  public boolean isOwner() {
    var thread = Thread.currentThread();
    if (thread == owner) {
      return true;
    }
    var fiber = mounted; // a race is harmless: only the mounted thread finds itself here
    return fiber != null && thread == fiber.thread();
  }

  /// The fiber that has the turn, or `null`. From another thread: a moment's view.
  public @Nullable Fiber mounted() {
    return mounted;
  }

  /// How many turns were given; the loop's heartbeat. From another thread: a moment's view.
  public long turns() {
    return turns;
  }

  /// How many fibers wait for something outside: a lock, a socket, whatever is not Tulip's.
  public int waitingOutside() {
    return outside;
  }

  /// How many turns went to virtual threads that somebody started inside a task.
  public long strangerTurns() {
    return strangerTurns;
  }

  @Nullable Fiber mount(@Nullable Fiber fiber) {
    var before = mounted;
    mounted = fiber;
    turns++;
    return before;
  }

  void unmount(@Nullable Fiber before) {
    mounted = before;
  }

  void wentOutside(int change) {
    outside += change;
  }

  void countStranger() {
    strangerTurns++;
  }

  // Who looks on.

  /// Has all turns of fibers told, or no longer if `null`. Owner only.
  public void observe(@Nullable Steps observer) {
    steps = observer;
  }

  void stepBegins(Fiber fiber) {
    var observer = steps;
    if (observer != null) {
      observer.begins(fiber);
    }
  }

  void stepEnded(Fiber fiber) {
    var observer = steps;
    if (observer != null) {
      observer.ended(fiber);
    }
  }

  // Putting in.

  /// Queues what may stand there already. Any thread; never throws, never blocks.
  public void submit(Ready ready) {
    if (ready.claim()) {
      if (isOwner()) {
        append(ready);
      } else {
        post(ready);
      }
    }
  }

  /// Queues what nobody else can queue at this moment. Owner only.
  public void append(Ready ready) {
    ready.next = null;
    var last = tail;
    if (last == null) {
      head = ready;
    } else {
      last.next = ready;
    }
    tail = ready;
    size++;
  }

  /// Puts what nobody else can queue at this moment at the head of the line. Owner only.
  public void prepend(Ready ready) {
    ready.next = head;
    head = ready;
    if (tail == null) {
      tail = ready;
    }
    size++;
  }

  /// Queues what nobody else can queue at this moment. Any thread; false when the loop is closed.
  public boolean tryPost(Ready ready) {
    Ready top;
    do {
      top = inbox;
      if (top == CLOSED) {
        return false;
      }
      ready.next = top;
    } while (!INBOX.compareAndSet(this, top, ready));
    if (asleep && ASLEEP.compareAndSet(this, true, false)) {
      wakeup.run();
    }
    return true;
  }

  private void post(Ready ready) {
    if (!tryPost(ready)) {
      Reaper.take(ready);
    }
  }

  // Taking out. Owner only.

  /// How many wait for their turn, not counting what [#collect] has not seen.
  public int size() {
    return size;
  }

  /// The next in the line, or `null`.
  public @Nullable Ready peek() {
    return head;
  }

  /// Takes the next out of the line, or `null`.
  public @Nullable Ready poll() {
    var first = head;
    if (first != null) {
      head = first.next;
      if (head == null) {
        tail = null;
      }
      first.next = null;
      size--;
    }
    return first;
  }

  /// Appends what other threads have brought, in order of arrival.
  public void collect() {
    if (inbox == null) {
      return;
    }
    var top = (Ready) INBOX.getAndSet(this, null);
    Ready first = null;
    while (top != null) {
      var below = top.next;
      top.next = first;
      first = top;
      top = below;
    }
    while (first != null) {
      var following = first.next;
      append(first);
      first = following;
    }
  }

  /// Has the fibers in the line change places with one another; all others keep theirs.
  public void shuffleFibers(RandomGenerator random) {
    var line = new ArrayList<Ready>(size);
    for (var ready = poll(); ready != null; ready = poll()) {
      line.add(ready);
    }
    var fibers = new ArrayList<>(line);
    fibers.removeIf(ready -> !(ready instanceof Fiber));
    Collections.shuffle(fibers, random);
    var next = fibers.iterator();
    line.replaceAll(ready -> ready instanceof Fiber ? next.next() : ready);
    line.forEach(this::append);
  }

  // The turns of one iteration. Owner only.

  /// Allows so many turns from now on.
  ///
  /// @param direct whether a fiber may give the turn to the next one without asking the loop
  public void allowTurns(int turns, boolean direct) {
    turnsLeft = turns;
    this.direct = direct;
  }

  /// Allows so many turns more, or less.
  public void changeTurns(int turns) {
    turnsLeft += turns;
  }

  /// How many turns there are still to give.
  public int turnsLeft() {
    return turnsLeft;
  }

  /// Takes the next out of the line if it is a fiber and may have the turn straight from another.
  @Nullable Fiber pollDirect() {
    if (direct && turnsLeft > 0 && head instanceof Fiber fiber) {
      turnsLeft--;
      poll();
      return fiber;
    }
    return null;
  }

  // The turn as a baton, for the engine whose fibers have threads that are not the owner's.

  /// The owner is about to give the turn to another thread.
  void letTurnGo() {
    away = true;
  }

  /// The owner waits until the turn comes home.
  void awaitTurn() {
    boolean interrupted = false;
    while (away) {
      LockSupport.park();
      interrupted |= Thread.interrupted(); // else the next park would not wait
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// The turn goes back to the owner. By the thread that has it.
  void bringTurnHome() {
    var home = owner;
    away = false;
    LockSupport.unpark(home);
  }

  // Sleep.

  /// Announces that the owner is about to wait. False when the inbox has something: do not wait
  /// then.
  public boolean fallAsleep() {
    asleep = true;
    if (inbox != null) {
      asleep = false;
      return false;
    }
    return true;
  }

  /// Whether the owner waits, or is about to. From another thread: a moment's view.
  public boolean isAsleep() {
    return asleep;
  }

  /// The owner's wait is over.
  public void awake() {
    asleep = false;
  }

  /// Closes the queue for good; what is still in it, and all that comes later, goes to the
  /// [Reaper].
  public void close() {
    Reaper.ensureStarted();
    collect();
    var late = (Ready) INBOX.getAndSet(this, CLOSED);
    mounted = null;
    owner = null;
    for (var ready = poll(); ready != null; ready = poll()) {
      Reaper.take(ready);
    }
    while (late != null) {
      var below = late.next;
      Reaper.take(late);
      late = below;
    }
  }
}
