// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.BlockHandler;
import tulip.core.diagnostics.LoopSnapshot;
import tulip.core.diagnostics.LoopStatistics;
import tulip.core.engine.Engine;
import tulip.core.engine.Fiber;
import tulip.core.engine.ReadyQueue;
import tulip.core.spi.Instrument;
import tulip.core.spi.LastCall;
import tulip.core.spi.LoopClock;
import tulip.core.spi.Poller;
import tulip.core.spi.ResourceTracker;
import tulip.core.watch.Watch;
import tulip.core.watch.Watchdog;

/// One thread that runs ready callbacks and tasks, timers and I/O readiness: asyncio's event loop.
///
/// Order is part of the contract. An iteration waits for channels and threads if nothing is ready,
/// queues what channels, other threads and timers have made ready, in this order, and then gives
/// each that stood in the queue at that moment one turn, first in, first out. What they queue comes
/// in the next iteration. A callback never runs inline.
///
/// Most programs never touch a loop: [Tulip#run] makes one. Whoever makes one runs it with
/// [#runForever], [#runUntilComplete], or piece by piece with [#runOnce], on a thread of their own,
/// and closes it.
///
/// Methods may be called in the loop's tasks and callbacks, and before the loop runs; those that
/// any thread may call say so. On a closed loop everything that would schedule throws
/// [LoopClosedException].
public final class EventLoop implements Executor, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tulip");
  private static final Duration SLOW = Duration.ofMillis(100);

  private final LoopOptions options;
  private final Engine engine;
  private final LoopClock clock;
  private final Poller poller;
  private final Turns turns;
  final ReadyQueue queue;
  final Timers timers;
  final Errors errors = new Errors();
  final Idle idle = new Idle();
  final DeadlockWatch deadlocks;
  private final Scope root = Scope.root();
  private final Readiness readiness;
  private final BlockingPool blocking;

  /// The values of [LoopVar]s.
  final Map<LoopVar<?>, Object> variables = new HashMap<>();

  final Pulse pulse;
  private final Watch watch;
  @Nullable Instruments instruments;
  @Nullable FlightLog flight;

  private boolean running;
  private boolean stopping;
  private volatile boolean closed;
  private boolean debug;
  private Duration slow = SLOW;

  /// The host's loop has run inside this [#pump]: the poller may be somebody else's now.
  private boolean paused;

  private long taskIds;
  private int tasks;
  private ResourceTracker tracker = ResourceTracker.NONE;
  private Context callbackContext = Context.EMPTY;
  private @Nullable Guest<?> guest;
  private volatile @Nullable Thread hostThread;

  private EventLoop(LoopOptions options) {
    this.options = options;
    engine = options.resolveEngine();
    poller = options.poller().get();
    var given = options.clock();
    clock = given == null ? new SystemClock() : given;
    timers = new Timers(clock.isReal());
    queue = new ReadyQueue(poller::wakeup);
    var runner =
        engine.callbackRunner(
            queue,
            this::enterFiber,
            (callback, thread) ->
                errors.report(
                    callback
                        + " waited in foreign code; the callbacks behind it go on without it, on"
                        + " another thread than "
                        + thread,
                    null,
                    callback));
    turns = new Turns(this, clock, poller, runner);
    pulse = new Pulse(this, runner);
    watch = new Watch(pulse, options.blockThreshold());
    readiness = new Readiness(this, poller);
    blocking = new BlockingPool(this, options.blockingThreads());
    debug = options.debug();
    var policy = options.deadlocks();
    deadlocks = new DeadlockWatch(this, policy == null ? DeadlockPolicy.fitting(clock) : policy);
  }

  /// A new loop as [LoopOptions#DEFAULT] says.
  public static EventLoop create() {
    return create(LoopOptions.DEFAULT);
  }

  /// A new loop.
  ///
  /// @throws IllegalStateException if the options ask for the carrier engine and this JVM has none
  public static EventLoop create(LoopOptions options) {
    return new EventLoop(options);
  }

  /// The loop that the calling task or callback runs on. Any thread.
  ///
  /// @throws IllegalStateException if it does not run on a loop
  public static EventLoop current() {
    var loop = Running.loop();
    if (loop == null) {
      if (Running.isLate()) {
        throw new LoopClosedException("the loop of this code is closed");
      }
      throw new IllegalStateException(
          "no event loop runs in " + Thread.currentThread() + ": call this inside Tulip.run");
    }
    return loop;
  }

  /// Who is told of what the calling code opens, and of its end: see [ResourceTracker]. Any thread.
  public static ResourceTracker currentTracker() {
    var loop = Running.loop();
    return loop == null ? ResourceTracker.NONE : loop.tracker;
  }

  // Callbacks.

  /// Queues a callback for the next iteration.
  ///
  /// @throws IllegalStateException if another thread than the loop's calls it while the loop runs
  public Handle callSoon(Runnable callback) {
    var call = new ScheduledCall(this, callback, contextHere());
    if (queue.isOwner()) {
      queue.append(call);
    } else {
      checkTurn();
      if (!queue.tryPost(call)) {
        throw closedException();
      }
    }
    return call;
  }

  /// Queues a callback from any thread, and wakes the loop.
  public Handle callSoonThreadSafe(Runnable callback) {
    return post(new ScheduledCall(this, callback, contextHere()));
  }

  private Handle post(ScheduledCall call) {
    if (!queue.isOwner()) {
      deadlocks.helped();
    }
    if (!queue.tryPost(call)) {
      throw closedException();
    }
    return call;
  }

  /// As [#callSoonThreadSafe], with a closed loop no error. Any thread.
  boolean tryCallSoonThreadSafe(Runnable callback) {
    return queue.tryPost(new ScheduledCall(this, callback, contextHere()));
  }

  /// Queues a call if the loop is open; never fails.
  void enqueue(ScheduledCall call) {
    if (queue.isOwner()) {
      queue.append(call);
    } else {
      queue.tryPost(call);
    }
  }

  /// Makes a call once at the end of this iteration, when all its turns were given and before the
  /// loop waits. Calls come in the order in which they were asked for.
  public void callLast(LastCall call) {
    checkTurn();
    checkOpen();
    turns.callLast(call);
  }

  /// Makes a callback after a delay; none or a negative one means as soon as possible.
  public TimerHandle callLater(Duration delay, Runnable callback) {
    return callAt(after(delay), callback);
  }

  /// Makes a callback at a certain [#time]. Callbacks for the same time come in the order of the
  /// calls.
  public TimerHandle callAt(long when, Runnable callback) {
    checkTurn();
    checkOpen();
    return addTimer(when, callback);
  }

  Timer addTimer(long when, Runnable callback) {
    var timer = new Timer(this, when, callback);
    timers.add(timer);
    if (guest != null && !running) {
      poller.wakeup(); // its waiter does not know this time yet
    }
    return timer;
  }

  /// The loop's time in nanoseconds since some moment in the past; never goes back.
  public long time() {
    return clock.time();
  }

  /// The time in so long from now; `Long.MAX_VALUE` if that is beyond the clock.
  long after(Duration delay) {
    long now = time();
    try {
      return Math.addExact(now, delay.toNanos());
    } catch (ArithmeticException e) {
      return delay.isNegative() ? now : Long.MAX_VALUE;
    }
  }

  /// As [#callSoonThreadSafe]; for the JDK's asynchronous interfaces. Any thread.
  @Override
  public void execute(Runnable command) {
    callSoonThreadSafe(command);
  }

  // Life cycle.

  /// Runs until [#stop], on the calling thread.
  ///
  /// @throws IllegalStateException if this loop runs already, the thread runs another, or is a
  ///   virtual thread and the engine is the carrier
  public void runForever() {
    begin();
    try {
      do {
        turns.iterate(stopping ? -1 : Long.MAX_VALUE, Long.MAX_VALUE);
      } while (!stopping);
    } finally {
      stopping = false;
      finishRun();
    }
  }

  /// Runs until a future is done, and returns its result or throws as [Future#result] does.
  ///
  /// @throws IllegalStateException if the loop was stopped before
  public <T extends @Nullable Object> T runUntilComplete(Future<T> future) {
    if (future.loop() != this) {
      throw new IllegalArgumentException(future + " belongs to another loop");
    }
    checkOpen();
    Consumer<Future<T>> stop = _ -> stop();
    future.addDoneCallback(stop);
    try {
      runForever();
    } finally {
      future.removeDoneCallback(stop);
    }
    if (!future.isDone()) {
      throw new IllegalStateException("the loop was stopped before " + future + " was done");
    }
    return future.result();
  }

  /// Runs until a new task with this code is done.
  public <T extends @Nullable Object> T runUntilComplete(Callable<T> code) {
    checkOpen();
    Task<T> task = createTask(code);
    return runUntilComplete((Future<T>) task);
  }

  /// Runs one iteration, for hosts that pump the loop themselves.
  ///
  /// @param maxWait how long to wait at most when nothing is ready
  public void runOnce(Duration maxWait) {
    begin();
    try {
      turns.iterate(stopping ? -1 : Math.max(0, maxWait.toNanos()), Long.MAX_VALUE);
    } finally {
      finishRun();
    }
  }

  /// Runs iterations without waiting, until nothing is ready or the time is used up: for hosts that
  /// have a few milliseconds a frame. What did not get its turn keeps its place for the next time.
  ///
  /// @param budget of real time; one callback or task more may begin just before it is over
  /// @return whether something is ready still
  public boolean pump(Duration budget) {
    long end = System.nanoTime() + budget.toNanos();
    begin();
    paused = false;
    try {
      do {
        turns.iterate(0, end);
      } while (!paused && queue.size() > 0 && System.nanoTime() < end);
      return queue.size() > 0;
    } finally {
      finishRun();
    }
  }

  /// Has [#runForever] return after the present iteration, or after one iteration if it is not
  /// running.
  public void stop() {
    stopping = true;
  }

  /// Whether the loop runs at this moment.
  public boolean isRunning() {
    return running;
  }

  /// Whether the loop was closed. Any thread.
  public boolean isClosed() {
    return closed;
  }

  /// Closes the loop, which must not be running: drops its callbacks and timers, and releases what
  /// it waits on. Does nothing the second time.
  ///
  /// Tasks that are left wake on a thread of their own, and their waits throw
  /// [LoopClosedException]; failures that nobody read are reported. [Tulip#run] sees to it that
  /// there are none.
  @Override
  public void close() {
    if (running) {
      throw new IllegalStateException("a running loop cannot be closed: stop it first");
    }
    if (closed) {
      return;
    }
    var left = allTasks();
    errors.close();
    closed = true;
    blocking.close();
    queue.close();
    poller.close();
    left.forEach(Task::abandon);
  }

  private void begin() {
    checkOpen();
    var thread = Thread.currentThread();
    if (running) {
      throw new IllegalStateException("this event loop is running already");
    }
    var here = Running.loop();
    if (here != null && here != this) {
      throw new IllegalStateException("another event loop is running in " + thread);
    }
    if (!engine.canOwn(thread)) {
      throw new IllegalStateException(
          "the carrier engine cannot run a loop on a virtual thread: use Tulip.run, which makes a"
              + " thread, or the baton engine");
    }
    running = true;
    queue.own();
    queue.awake();
    if (!(thread instanceof Running.LoopThread)) {
      Running.set(this);
    }
    turns.begin();
    Watchdog.watch(watch);
    FlightRecording.follow(this);
    if (instruments != null) {
      instruments.beforeRun();
    }
  }

  private void finishRun() {
    if (instruments != null) {
      instruments.afterRun();
    }
    FlightRecording.leave(this);
    turns.end();
    if (!(Thread.currentThread() instanceof Running.LoopThread)) {
      Running.set(null);
    }
    queue.disown();
    running = false;
  }

  // Living in a host.

  /// The loop's turns are given by a guest from now on.
  void livesIn(Guest<?> host) {
    guest = host;
    hostThread = Thread.currentThread();
  }

  /// Announces the sleep of a guest, between two iterations.
  ///
  /// @return how long its waiter may wait; 0 if there is something to do
  long guestSleep() {
    return stopping ? 0 : turns.fallAsleep();
  }

  /// The sleep of a guest has lasted as long as it might.
  void guestSlept() {
    begin();
    try {
      turns.slept();
    } finally {
      finishRun();
    }
  }

  /// Runs something on the loop's thread that is neither callback nor task.
  void onBareThread(Runnable piece) {
    if (guest == null) {
      piece.run();
    } else {
      guest.onBareThread(piece);
    }
  }

  /// The host's loop may run inside the present iteration, and this one in there.
  void pause() {
    finishRun();
  }

  /// The present iteration goes on.
  void unpause() {
    begin();
    paused = true;
  }

  // Callbacks that run.

  /// No callback runs any more: what is not a task has no context.
  void endCallbacks() {
    callbackContext = Context.EMPTY;
  }

  /// The present iteration gives so many turns more: somebody has jumped the queue.
  void extendIteration(int more) {
    turns.extend(more);
  }

  /// Makes a callback; its failure goes to the exception handler, whatever it is.
  void call(Runnable callback, Context context, Object source) {
    callbackContext = context;
    if (debug) {
      callAndTime(callback, source);
      return;
    }
    try {
      callback.run();
    } catch (Throwable t) {
      errors.report("exception in " + source, t, source);
    }
  }

  private void callAndTime(Runnable callback, Object source) {
    long begin = System.nanoTime();
    try {
      callback.run();
    } catch (Throwable t) {
      errors.report("exception in " + source, t, source);
    }
    long took = System.nanoTime() - begin;
    if (took >= slow.toNanos()) {
      LOG.log(System.Logger.Level.WARNING, "{0} took {1} ms", source, took / 1_000_000);
    }
  }

  // Futures and tasks.

  /// A future without a result.
  public <T extends @Nullable Object> Future<T> createFuture() {
    checkOpen();
    return debug ? new Traces.Traced<>(this) : new Future<>(this);
  }

  /// Starts a task, which gets its first turn in the next iteration.
  public <T extends @Nullable Object> Task<T> createTask(Callable<T> code) {
    return createTask(null, code);
  }

  /// Starts a task without a result.
  public Task<@Nullable Void> createTask(Action<?> code) {
    return createTask(null, callable(code));
  }

  /// Starts a task with a name.
  ///
  /// @param name for reports; `null` for `Task-N`
  public <T extends @Nullable Object> Task<T> createTask(@Nullable String name, Callable<T> code) {
    return newTask(name, code, root, null);
  }

  /// Starts a task with a name and without a result.
  ///
  /// @param name for reports; `null` for `Task-N`
  public Task<@Nullable Void> createTask(@Nullable String name, Action<?> code) {
    return createTask(name, callable(code));
  }

  /// Starts a task whose first step, up to its first wait, runs before this returns. In a task.
  public <T extends @Nullable Object> Task<T> createEagerTask(Callable<T> code) {
    checkOpen();
    var starter = taskForWait();
    starter.checkYield();
    var task = new Task<T>(this, null, code, root, null);
    tasks++;
    tracker.opened(task);
    spawned(task);
    starter.letFirst(task);
    return task;
  }

  <T extends @Nullable Object> Task<T> newTask(
      @Nullable String name, Callable<T> code, Scope scope, @Nullable TaskGroup group) {
    if (!queue.isOwner()) {
      checkTurn();
      checkOpen();
    }
    var task = new Task<T>(this, name, code, scope, group);
    tasks++;
    tracker.opened(task);
    task.fiber.start();
    spawned(task);
    return task;
  }

  /// Starts a task from any thread, another loop's among them.
  ///
  /// @return its result for other threads; cancelling it cancels the task. It fails with
  ///   [LoopClosedException] if the loop is closed before the task has begun
  public <T extends @Nullable Object> CompletableFuture<T> submit(Callable<T> code) {
    var outer = new CompletableFuture<T>();
    post(new Submission<>(this, code, outer));
    return outer;
  }

  /// A future of this loop for a result that comes from elsewhere. Cancelling it cancels the stage,
  /// if that can be cancelled.
  public <T extends @Nullable Object> Future<T> wrap(CompletionStage<T> stage) {
    Future<T> future = observe(stage);
    future.addDoneCallback(_ -> {
      if (future.isCancelled()) {
        stage.toCompletableFuture().cancel(true);
      }
    });
    return future;
  }

  /// As [#wrap], but what happens to the future is nothing to the stage.
  <T extends @Nullable Object> Future<T> observe(CompletionStage<T> stage) {
    checkOpen();
    Future<T> future = new ForeignFuture<>(this, "a completion stage");
    stage.whenComplete(
        (value, problem) -> tryCallSoonThreadSafe(() -> finish(future, value, problem)));
    return future;
  }

  static <T extends @Nullable Object> void finish(
      Future<T> future, T value, @Nullable Throwable problem) {
    if (future.isDone()) {
      return;
    }
    if (problem == null) {
      future.finish(value);
    } else if (problem instanceof java.util.concurrent.CancellationException) {
      future.cancel();
    } else if (problem instanceof java.util.concurrent.CompletionException wrapped
        && wrapped.getCause() != null) {
      future.fail(wrapped.getCause());
    } else {
      future.fail(problem);
    }
  }

  /// The task that has the turn, or `null` in a callback.
  public @Nullable Task<?> currentTask() {
    return mountedTask();
  }

  /// All tasks that have not ended, the oldest first.
  public List<Task<?>> allTasks() {
    var all = new ArrayList<Task<?>>(tasks);
    var scopes = new ArrayList<Scope>();
    scopes.add(root);
    while (!scopes.isEmpty()) {
      for (var scope = scopes.removeLast().firstChild();
          scope != null;
          scope = scope.nextSibling()) {
        scopes.add(scope);
        var task = scope.owner();
        if (task != null && task.taskScope() == scope) {
          all.add(task);
        }
      }
    }
    all.sort(Comparator.comparingLong(Task::id));
    return all;
  }

  /// The scope around all tasks.
  Scope rootScope() {
    return root;
  }

  /// Whether a wait can hold up the loop's thread for ever: not where every task has its own.
  boolean canPin() {
    return !engine.blocksOutside();
  }

  /// How many tasks have not ended.
  public int taskCount() {
    return tasks;
  }

  @Nullable Task<?> mountedTask() {
    var fiber = queue.mounted();
    return fiber != null && fiber.body() instanceof Task<?> task && queue.isOwner() ? task : null;
  }

  /// The context of what runs on the loop at this moment.
  Context context() {
    var task = mountedTask();
    return task == null ? callbackContext : task.context;
  }

  void context(Context context) {
    var task = mountedTask();
    if (task == null) {
      callbackContext = context;
    } else {
      task.context = context;
    }
  }

  /// The context of the calling code, which may run elsewhere.
  Context contextHere() {
    return queue.isOwner() ? context() : Context.current();
  }

  /// The task that asks for a wait.
  Task<?> taskForWait() {
    var task = mountedTask();
    if (task == null) {
      throw cannotWait();
    }
    return task;
  }

  private IllegalStateException cannotWait() {
    if (closed) {
      return new LoopClosedException("the loop of this code is closed");
    }
    if (queue.isOwner()) {
      return new IllegalStateException("a callback cannot wait: start a task that does");
    }
    return new IllegalStateException(
        Thread.currentThread()
            + " is no task of this loop and cannot wait on it: start a task, in a group or with"
            + " EventLoop.submit");
  }

  long nextTaskId() {
    return ++taskIds;
  }

  Fiber newFiber(String name, Runnable body) {
    return engine.fiber(queue, name, body);
  }

  /// Called in each task's thread before its code, and in the threads that run callbacks.
  void enterFiber() {
    if (Running.loop() != this) {
      Running.set(this);
    }
  }

  void taskEnded(Task<?> task) {
    tasks--;
    tracker.closed(task);
    if (flight != null) {
      flight.ended(task);
    }
    if (instruments != null) {
      instruments.taskExited(task);
    }
  }

  /// Waits until nothing else has been ready for some time: for tests. In a task.
  ///
  /// A task or callback is not counted while it waits, be it for a timer, a thread or a channel.
  ///
  /// @param cushion how long, of the loop's own time; none to return when all others wait
  /// @throws Cancelled if the task was cancelled
  public void awaitIdle(Duration cushion) {
    idle.await(taskForWait(), cushion);
  }

  // Executors.

  /// Runs something in an executor; the result comes back to the loop.
  ///
  /// @param executor where; `null` for the pool of [Tulip#blocking]
  public <T extends @Nullable Object> Future<T> runInExecutor(
      @Nullable Executor executor, Callable<T> job) {
    checkTurn();
    checkOpen();
    return blocking.run(executor, job);
  }

  /// Has [#runInExecutor] and [Tulip#blocking] use another executor than the loop's own pool.
  public void setDefaultExecutor(Executor executor) {
    blocking.use(executor);
  }

  /// Waits until the jobs of the loop's own pool have ended; it takes no new ones from now on. In a
  /// task. [Runner#close] does this by itself.
  ///
  /// @param limit how long at most; what runs still then goes on
  /// @throws TimeoutException if jobs were running at the limit
  /// @throws Cancelled if the task was cancelled
  public void shutdownDefaultExecutor(Duration limit) throws TimeoutException {
    blocking.shutdown();
    Tulip.timeout(limit, blocking::awaitIdle);
  }

  BlockingPool blocking() {
    return blocking;
  }

  // Readiness of channels.

  /// Has a callback made whenever a channel can be read, accepted from, or has data to be read. A
  /// reader that the channel had is replaced.
  ///
  /// @param channel in non-blocking mode
  /// @throws IOException if the channel cannot be watched
  /// @throws IllegalStateException if a stream or transport has the channel
  public Handle addReader(SelectableChannel channel, Runnable callback) throws IOException {
    return readiness.add(channel, Readiness.READ, callback);
  }

  /// Takes a channel's reader away.
  ///
  /// @return whether there was one
  public boolean removeReader(SelectableChannel channel) {
    return readiness.remove(channel, Readiness.READ);
  }

  /// Has a callback made whenever a channel can be written or is connected. A writer that the
  /// channel had is replaced.
  ///
  /// @param channel in non-blocking mode
  /// @throws IOException if the channel cannot be watched
  /// @throws IllegalStateException if a stream or transport has the channel
  public Handle addWriter(SelectableChannel channel, Runnable callback) throws IOException {
    return readiness.add(channel, Readiness.WRITE, callback);
  }

  /// Takes a channel's writer away.
  ///
  /// @return whether there was one
  public boolean removeWriter(SelectableChannel channel) {
    return readiness.remove(channel, Readiness.WRITE);
  }

  /// Where the loop waits, for those who watch channels themselves.
  public Poller poller() {
    return poller;
  }

  // Errors.

  /// Has errors that nobody can catch told to a handler instead of the log; `null` for the log.
  public void setExceptionHandler(@Nullable Consumer<? super ErrorContext> handler) {
    errors.handler(handler);
  }

  /// The handler, or `null` if errors go to the log.
  public @Nullable Consumer<? super ErrorContext> exceptionHandler() {
    return errors.handler();
  }

  /// Tells the exception handler. If that fails, both errors go to the log; never throws.
  public void callExceptionHandler(ErrorContext context) {
    errors.report(context.message(), context.exception(), context.source());
  }

  /// Has somebody told of what opens on the loop from now on, and of its end. On the loop, or
  /// before it runs.
  public void setResourceTracker(ResourceTracker told) {
    tracker = told;
  }

  // Debugging.

  /// What the tasks do at this moment, who waits for whom, and whether they can ever go on. In
  /// tasks and callbacks, and while the loop does not run.
  public LoopSnapshot snapshot() {
    checkTurn();
    checkOpen();
    return Snapshots.take(this);
  }

  /// The same from any thread. If the loop does not answer in time, because it is busy or does not
  /// run, the snapshot tells only who has the turn and where.
  ///
  /// @param limit how long to wait for the loop, of real time
  public LoopSnapshot snapshot(Duration limit) {
    return Snapshots.take(this, limit);
  }

  /// Turns debug mode on or off. While it is on, callbacks that take longer than [#slowCallback]
  /// are logged; tasks and futures remember where they were created, and where their creators were,
  /// for snapshots and for reports of failures that nobody read; and the cause of a [Cancelled]
  /// tells who cancelled, where and why.
  public void setDebug(boolean on) {
    debug = on;
  }

  /// Whether debug mode is on.
  public boolean isDebug() {
    return debug;
  }

  /// From which duration on debug mode logs a callback; 100 ms if nothing else is said.
  public Duration slowCallback() {
    return slow;
  }

  /// Changes [#slowCallback].
  public void setSlowCallback(Duration duration) {
    slow = duration;
  }

  // Watching.

  /// Has somebody told when the loop stands still for longer than [LoopOptions#blockThreshold],
  /// instead of the log; `null` for the log. Any thread.
  public void setBlockHandler(@Nullable BlockHandler handler) {
    pulse.handler(handler);
  }

  /// What the loop has done so far, how long it takes to go round, and how late its timers are. Any
  /// thread; another one than the loop's gets a moment's view.
  public LoopStatistics statistics() {
    return new LoopStatistics(
        turns.iterations(),
        queue.turns(),
        turns.callbacks(),
        taskIds,
        tasks,
        queue.strangerTurns(),
        turns.iterationTimes(),
        timers.lag());
  }

  /// Has an instrument told what happens from now on. On the loop.
  public void addInstrument(Instrument instrument) {
    checkTurn();
    var present = instruments;
    if (present == null) {
      present = new Instruments(this);
      instruments = present;
      queue.observe(present);
    }
    present.add(instrument);
  }

  /// Takes an instrument out. On the loop.
  ///
  /// @return whether it was in
  public boolean removeInstrument(Instrument instrument) {
    checkTurn();
    var present = instruments;
    if (present == null || !present.remove(instrument)) {
      return false;
    }
    if (present.isEmpty()) {
      instruments = null;
      queue.observe(null);
    }
    return true;
  }

  private void spawned(Task<?> task) {
    if (flight != null) {
      flight.spawned(task);
    }
    if (instruments != null) {
      instruments.taskSpawned(task);
    }
    scheduled(task);
  }

  /// A task was made ready.
  void scheduled(Task<?> task) {
    if (instruments != null) {
      instruments.taskScheduled(task);
    }
  }

  /// Grows with every iteration and every turn. From another thread: a moment's view.
  long beats() {
    return turns.iterations() + queue.turns();
  }

  /// How the loop was made.
  public LoopOptions options() {
    return options;
  }

  /// Which engine gives the turn: `carrier` or `baton`.
  public String engine() {
    return engine.name();
  }

  /// Whether the calling code has the loop's turn. Any thread.
  public boolean inLoop() {
    return queue.isOwner();
  }

  /// Whether the calling code must not block until this loop has done something: it has the loop's
  /// turn, or is on the thread of the loop's host. Any thread.
  public boolean wouldBlockItself() {
    return queue.isOwner() || (hostThread != null && hostThread == Thread.currentThread());
  }

  /// How many turns went to virtual threads that were started inside a task but are no tasks: they
  /// have no scope, and nobody cancels or awaits them. They belong in a [TaskGroup].
  public long strangerTurns() {
    return queue.strangerTurns();
  }

  // Checks.

  void checkOpen() {
    if (closed) {
      throw closedException();
    }
  }

  private LoopClosedException closedException() {
    return new LoopClosedException("event loop " + options.name() + " is closed");
  }

  /// Fails if the loop runs and the calling code does not have its turn.
  void checkTurn() {
    if (!queue.isOwner() && (queue.owner() != null || isForeignToHost())) {
      throw new IllegalStateException(
          Thread.currentThread()
              + " does not run on event loop "
              + options.name()
              + ": use callSoonThreadSafe or submit");
    }
  }

  /// Whether the loop is a guest and this is not its host's thread, on which it runs now and then.
  private boolean isForeignToHost() {
    return hostThread != null && hostThread != Thread.currentThread();
  }

  static Callable<@Nullable Void> callable(Action<?> action) {
    return () -> {
      action.run();
      return null;
    };
  }

  @Override
  public String toString() {
    return "event loop " + options.name() + " (" + engine.name() + ")";
  }
}
