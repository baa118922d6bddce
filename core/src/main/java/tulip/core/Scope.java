// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.Traces.Reason;

/// A block that can be cancelled from outside, and that may have a deadline: trio's cancel scope.
///
/// ```java
/// var scope = new Scope().timeout(ofSeconds(5));
/// scope.run(() -> serve(connection));
/// if (scope.wasCancelled()) { ... }
/// ```
///
/// Scopes nest: a scope is cancelled when it or one around it is, unless it is shielded. Every wait
/// of Tulip inside a cancelled scope throws [Cancelled], again and again until the block is left;
/// the outermost cancelled scope catches it. A task's scope lies inside the one it was started in,
/// so that a [TaskGroup] is a scope too.
///
/// A scope can also be ended with a grace, by [#cancelGracefully]: then it is cancelled only when
/// the grace is over, and until that only the scopes in it that said they are [#soft] are. See
/// there.
///
/// A scope is used once, by the task that runs it. All methods are for the loop that it runs on, or
/// for whoever prepares it before.
public final class Scope {
  private @Nullable Scope parent;
  private @Nullable Task<?> owner;
  private @Nullable Scope firstChild;
  private @Nullable Scope previous;
  private @Nullable Scope next;

  private boolean shielded;
  private boolean cancelled;
  private boolean caught;
  private boolean left;

  /// This scope or one around it is cancelled and no shield is between.
  private boolean effective;

  private boolean soft;

  /// This scope or one around it ends gracefully and no shield is between.
  private boolean ending;

  private @Nullable Grace grace;

  private Reason why = Reason.NONE;
  private long deadline = Long.MAX_VALUE;
  private @Nullable Duration timeout;
  private @Nullable Timer timer;
  private boolean expired;

  /// The group whose scope this is.
  private @Nullable TaskGroup group;

  /// A scope that has neither deadline nor shield.
  public Scope() {}

  /// The innermost scope of the running task.
  public static Scope current() {
    return Task.current().scope();
  }

  /// When the running task is cancelled at the latest: the earliest deadline or end of a grace of
  /// the scopes around it that reaches it; `Long.MAX_VALUE` for never, and the present time if it
  /// is cancelled already.
  public static long effectiveDeadline() {
    long earliest = Long.MAX_VALUE;
    for (var scope = current(); scope != null; scope = scope.shielded ? null : scope.parent) {
      earliest = Math.min(earliest, scope.cancelled ? EventLoop.current().time() : scope.latest());
    }
    return earliest;
  }

  private long latest() {
    return grace == null ? deadline : Math.min(deadline, grace.end());
  }

  /// Whether the running task is asked to end: a scope around it that reaches it is cancelled, or
  /// ends gracefully. Who sees it finishes what it has begun, and begins nothing new.
  public static boolean isEnding() {
    var here = current();
    return here.ending || here.effective;
  }

  /// The root of a loop's tree.
  static Scope root() {
    return new Scope();
  }

  static Scope of(Task<?> task, Scope parent) {
    var scope = new Scope();
    scope.owner = task;
    scope.attach(parent);
    return scope;
  }

  static Scope of(TaskGroup group) {
    var scope = new Scope();
    scope.group = group;
    return scope;
  }

  // Before and while it runs.

  /// Cancels the block when it has run for so long.
  public Scope timeout(Duration limit) {
    timeout = limit;
    if (owner != null) {
      startTimeout(owner.loop);
    }
    return this;
  }

  /// Cancels the block at this time of [EventLoop#time]; `Long.MAX_VALUE` for never. May be moved
  /// while the block runs.
  public Scope deadline(long when) {
    deadline = when;
    timeout = null;
    if (owner != null) {
      setTimer(owner.loop);
    }
    return this;
  }

  /// Keeps cancellation of the scopes around this one out, or lets it in.
  public Scope shield(boolean on) {
    shielded = on;
    if (owner != null) {
      refresh();
    }
    return this;
  }

  /// Says that the block can be cut short without loss: it waits for work and has none in hand, as
  /// when it accepts connections or reads the next request of an idle one. It is cancelled at once
  /// when a scope around it ends gracefully, and does not begin to wait if one ends already. May be
  /// changed while the block runs; what was cancelled stays so.
  public Scope soft(boolean on) {
    soft = on;
    if (owner != null) {
      refresh();
    }
    return this;
  }

  /// When the block is cancelled; `Long.MAX_VALUE` for never.
  public long deadline() {
    return deadline;
  }

  /// Whether cancellation of the scopes around this one is kept out.
  public boolean isShielded() {
    return shielded;
  }

  /// Whether the block can be cut short without loss.
  public boolean isSoft() {
    return soft;
  }

  /// Cancels the block, without a reason.
  public void cancel() {
    cancel("");
  }

  /// Cancels the block: every wait in it throws [Cancelled] from now on. Does nothing the second
  /// time.
  public void cancel(String reason) {
    if (cancelled || left) {
      return;
    }
    if (owner != null) {
      owner.loop.checkTurn();
    }
    cancelled = true;
    why = reasonFor(reason);
    refresh();
  }

  private Reason reasonFor(String words) {
    return owner == null ? new Reason(words, null) : Traces.reason(owner.loop, this, words);
  }

  /// Ends the block with a grace, without a reason.
  public void cancelGracefully(Duration limit) {
    cancelGracefully(limit, "");
  }

  /// Ends the block, and gives what it is doing so much time to finish.
  ///
  /// From now on [#isEnding] is true in it. The outermost [#soft] scopes in it are cancelled at
  /// once, and so is each that is entered later: its first wait throws, it catches, and the code
  /// after it goes on. Everything else runs on. What has not ended when the grace is over is
  /// cancelled, as by [#cancel]. If the block ends before, nothing was cancelled but soft scopes.
  ///
  /// A shield keeps all of this out as it keeps cancellation out; lowered, it lets it in. The grace
  /// is of the loop's time, and counts from entry if the scope is not entered yet. It does not
  /// touch the deadline, and whichever is earlier holds. A second call can shorten the grace but
  /// not extend it. No grace, or a negative one, cancels at once.
  ///
  /// @param limit the grace
  /// @param reason for reports and for [Cancelled#reason]
  public void cancelGracefully(Duration limit, String reason) {
    if (cancelled || left) {
      return;
    }
    if (!limit.isPositive()) {
      cancel(reason);
      return;
    }
    var loop = owner == null ? null : owner.loop;
    if (loop != null) {
      loop.checkTurn();
    }
    if (grace == null) {
      grace = new Grace(this, limit, reasonFor(reason));
    } else {
      grace.shorten(limit);
    }
    if (loop != null) {
      grace.start(loop);
      refresh();
    }
  }

  /// Whether [#cancel] was called or the deadline has passed, or the scope is [#soft] and one
  /// around it ends gracefully.
  public boolean isCancelled() {
    return cancelled;
  }

  /// Whether the block was left because the scope was cancelled.
  public boolean wasCancelled() {
    return caught;
  }

  /// Whether the deadline was what cancelled it.
  public boolean isExpired() {
    return expired;
  }

  /// What [#cancel] was told.
  public String reason() {
    return why.words();
  }

  Reason why() {
    return why;
  }

  // Running.

  /// Runs a block in this scope.
  ///
  /// @return what the block returns; `null` if the scope was cancelled and the block gave way
  /// @throws X what the block throws
  public <T extends @Nullable Object, X extends Exception> @Nullable T run(Block<T, X> block)
      throws X {
    enter();
    try {
      return block.run();
    } catch (Cancelled e) {
      if (!catches(e)) {
        throw e;
      }
      caught = true;
      return null;
    } finally {
      leave();
    }
  }

  /// Runs a block in this scope.
  ///
  /// @throws X what the block throws
  public <X extends Exception> void run(Action<X> block) throws X {
    run(() -> {
      block.run();
      return null;
    });
  }

  void enter() {
    var task = Task.current();
    if (owner != null) {
      throw new IllegalStateException("a scope is used once: make another one");
    }
    owner = task;
    attach(task.scope());
    task.scope(this);
    if (timeout != null) {
      startTimeout(task.loop);
    } else {
      setTimer(task.loop);
    }
    if (grace != null) {
      grace.start(task.loop);
    }
    refresh();
  }

  void leave() {
    var task = Task.current();
    if (task.scope() != this) {
      throw new IllegalStateException(
          "scopes and groups are left in the reverse order of entry, by the task that entered them");
    }
    task.scope(parent());
    detach();
  }

  /// Whether this scope is the one that such a [Cancelled] was to end.
  boolean catches(Cancelled e) {
    return e.scope() != null && cancelled && (shielded || !parent().effective);
  }

  Scope parent() {
    var around = parent;
    if (around == null) {
      throw new IllegalStateException("the scope is not entered");
    }
    return around;
  }

  @Nullable Scope around() {
    return parent;
  }

  boolean isEffective() {
    return effective;
  }

  @Nullable TaskGroup group() {
    return group;
  }

  @Nullable Task<?> owner() {
    return owner;
  }

  /// The outermost cancelled scope that this one sees: the one that will catch.
  Scope cause() {
    var cause = this;
    for (var scope = this; scope != null; scope = scope.shielded ? null : scope.parent) {
      if (scope.cancelled) {
        cause = scope;
      }
    }
    return cause;
  }

  // Deadline.

  private void startTimeout(EventLoop loop) {
    var limit = timeout;
    if (limit != null) {
      deadline = loop.after(limit);
    }
    setTimer(loop);
  }

  private void setTimer(EventLoop loop) {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (deadline != Long.MAX_VALUE && !cancelled && !left) {
      if (deadline <= loop.time()) {
        expire();
      } else {
        timer = loop.addTimer(deadline, this::expire);
      }
    }
  }

  private void expire() {
    if (!cancelled) {
      expired = true;
      cancel("deadline exceeded");
    }
  }

  // The tree.

  private void attach(Scope around) {
    link(around);
    ending = seesEnding();
    cutIfSoft();
    effective = seesCancellation();
  }

  /// The block is left: takes the scope out of the tree; it keeps its parent, for those who still
  /// ask.
  void detach() {
    left = true;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (grace != null) {
      grace.stop();
    }
    unlink();
  }

  private void link(Scope around) {
    parent = around;
    next = around.firstChild;
    if (next != null) {
      next.previous = this;
    }
    around.firstChild = this;
  }

  private void unlink() {
    if (previous != null) {
      previous.next = next;
    } else if (parent != null && parent.firstChild == this) {
      parent.firstChild = next;
    }
    if (next != null) {
      next.previous = previous;
    }
    previous = null;
    next = null;
  }

  /// Runs something during which this scope and those inside see nothing of the one around, and
  /// what that one sees of the scopes around it.
  void lift(Runnable action) {
    var around = parent();
    boolean shield = shielded;
    shielded |= around.shielded;
    move(around.parent());
    try {
      action.run();
    } finally {
      shielded = shield;
      move(around);
    }
  }

  private void move(Scope around) {
    unlink();
    link(around);
    refresh();
  }

  boolean isWithin(Scope other) {
    var scope = this;
    while (scope != null && scope != other) {
      scope = scope.parent;
    }
    return scope == other;
  }

  /// The one directly within another that this one is in, or is.
  Scope outermostWithin(Scope other) {
    var scope = this;
    while (scope.parent() != other) {
      scope = scope.parent();
    }
    return scope;
  }

  /// The scopes directly inside, the newest first.
  @Nullable Scope firstChild() {
    return firstChild;
  }

  @Nullable Scope nextSibling() {
    return next;
  }

  /// Brings what can be seen of cancellation up to date here and below, and tells waiting tasks.
  private void refresh() {
    if (!see()) {
      return;
    }
    // a walk over the tree below, without recursion: its depth is the user's
    var scope = firstChild;
    while (scope != null) {
      var following = scope.see() ? scope.firstChild : null;
      while (following == null && scope != this) {
        following = scope.next;
        if (following == null) {
          scope = scope.parent();
        }
      }
      scope = following;
    }
  }

  /// Recomputes what this scope sees; true if that changed.
  private boolean see() {
    boolean nowEnding = seesEnding();
    boolean changed = nowEnding != ending;
    ending = nowEnding;
    cutIfSoft();
    boolean now = seesCancellation();
    if (now == effective) {
      return changed;
    }
    effective = now;
    if (now && owner != null && owner.scope() == this) {
      owner.deliver();
    }
    return true;
  }

  private boolean seesCancellation() {
    return cancelled || (!shielded && parent != null && parent.effective);
  }

  private boolean seesEnding() {
    return grace != null || (!shielded && parent != null && parent.ending);
  }

  /// Only the outermost soft scope is to catch.
  private void cutIfSoft() {
    if (soft && ending && !cancelled && !seesCancellation()) {
      cancelled = true;
      why = whyEnding();
    }
  }

  private Reason whyEnding() {
    var scope = this;
    while (scope.grace == null) {
      scope = scope.parent();
    }
    return scope.grace.why();
  }

  @Override
  public String toString() {
    if (owner == null) {
      return "scope";
    }
    var kind = group != null ? "group of " : owner.taskScope() == this ? "" : "scope of ";
    return kind + owner;
  }
}
