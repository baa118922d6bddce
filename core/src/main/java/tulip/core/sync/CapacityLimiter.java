// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.Block;
import tulip.core.Task;

/// Limits how many do something at once: trio's capacity limiter.
///
/// Other than a [Semaphore] it knows who has a token: each borrower has one at most, and gives back
/// only what it has. The borrower is the running task, or whoever it is for in the methods
/// `...OnBehalfOf`: any object, compared by [Object#equals]. The limit can be changed while it is
/// used.
public final class CapacityLimiter implements Acquirable {
  /// What a limiter was like at some moment.
  ///
  /// @param total how many tokens there were
  /// @param borrowers who had one, in the order in which they got it
  /// @param waiting who waited, in order
  public record Statistics(int total, List<Object> borrowers, List<Task<?>> waiting) {}

  private final WaitList waiters = new WaitList(this);
  private final LinkedHashSet<Object> borrowers = new LinkedHashSet<>();
  private final HashSet<Object> pending = new HashSet<>();

  /// Nobody waits while there are more than borrowers.
  private int total;

  /// A limiter with so many tokens; `Integer.MAX_VALUE` for no limit, 0 to let nobody in for now.
  ///
  /// @throws IllegalArgumentException if that is negative
  public CapacityLimiter(int total) {
    this.total = checkTotal(total);
  }

  /// Borrows a token for the running task, and waits for one if there is none.
  ///
  /// @throws IllegalStateException if the task has one already
  /// @throws tulip.core.Cancelled if the task was cancelled while it waited
  @Override
  public void acquire() {
    var task = waiters.caller();
    acquire(task, task);
  }

  /// Borrows a token for somebody, and waits for one if there is none. In a task.
  ///
  /// @throws IllegalStateException if the borrower has one already, or waits for it
  /// @throws tulip.core.Cancelled if the task was cancelled while it waited
  public void acquireOnBehalfOf(Object borrower) {
    acquire(waiters.caller(), borrower);
  }

  private void acquire(Task<?> task, Object borrower) {
    if (take(borrower)) {
      return;
    }
    var waiter = waiters.add(task, borrower);
    pending.add(borrower);
    try {
      waiter.await();
    } catch (Throwable t) {
      if (waiter.isGranted()) {
        borrowers.remove(borrower);
        grant();
      } else {
        pending.remove(borrower);
      }
      throw t;
    }
  }

  /// Borrows a token for the running task if there is one.
  ///
  /// @throws IllegalStateException if the task has one already
  @Override
  public boolean tryAcquire() {
    return take(waiters.caller());
  }

  /// Borrows a token for somebody if there is one. In tasks and callbacks of the loop.
  ///
  /// @throws IllegalStateException if the borrower has one already, or waits for it
  public boolean tryAcquireOnBehalfOf(Object borrower) {
    waiters.checkTurn();
    return take(borrower);
  }

  private boolean take(Object borrower) {
    if (pending.contains(borrower)) {
      throw new IllegalStateException(borrower + " waits for a token already");
    }
    if (borrowers.contains(borrower)) {
      throw new IllegalStateException(
          borrower + " has a token already, and a borrower has one at most");
    }
    return borrowers.size() < total && borrowers.add(borrower);
  }

  /// Gives the running task's token back.
  ///
  /// @throws IllegalStateException if it has none
  @Override
  public void release() {
    giveBack(waiters.caller());
  }

  /// Gives somebody's token back. In tasks and callbacks of the loop.
  ///
  /// @throws IllegalStateException if it has none
  public void releaseOnBehalfOf(Object borrower) {
    waiters.checkTurn();
    giveBack(borrower);
  }

  private void giveBack(Object borrower) {
    if (!borrowers.remove(borrower)) {
      throw new IllegalStateException(
          borrower + " has no token to give back: release once for each acquire");
    }
    grant();
  }

  private void grant() {
    while (borrowers.size() < total) {
      var next = waiters.poll();
      if (next == null) {
        return;
      }
      var borrower = next.borrower;
      if (borrower != null) {
        pending.remove(borrower);
        borrowers.add(borrower);
      }
      next.wake(Waiter.State.GRANTED);
    }
  }

  /// Runs a block with a token for somebody. In a task.
  ///
  /// @throws X what the block throws
  /// @throws IllegalStateException if the borrower has a token already, or waits for it
  /// @throws tulip.core.Cancelled if the task was cancelled before it had the token
  public <T extends @Nullable Object, X extends Exception> T runOnBehalfOf(
      Object borrower, Block<T, X> block) throws X {
    acquireOnBehalfOf(borrower);
    T result;
    try {
      result = block.run();
    } catch (Throwable t) {
      if (borrowers.contains(borrower)) {
        releaseOnBehalfOf(borrower);
      }
      throw t;
    }
    releaseOnBehalfOf(borrower);
    return result;
  }

  /// Runs a block without a result with a token for somebody. In a task.
  ///
  /// @throws X what the block throws
  public <X extends Exception> void runOnBehalfOf(Object borrower, Action<X> block) throws X {
    runOnBehalfOf(
        borrower,
        () -> {
          block.run();
          return null;
        });
  }

  /// The borrowers that are tasks.
  List<Task<?>> holders() {
    var tasks = new ArrayList<Task<?>>();
    for (var borrower : borrowers) {
      if (borrower instanceof Task<?> task) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  /// Whether tasks have all tokens, and there are any.
  boolean isHeldByTasks() {
    return !borrowers.isEmpty() && holders().size() == borrowers.size();
  }

  /// How many tokens there are.
  public int total() {
    return total;
  }

  /// Changes how many there are. More let some of those who wait go on; fewer take none away. In
  /// tasks and callbacks of the loop.
  ///
  /// @throws IllegalArgumentException if the number is negative
  public void setTotal(int tokens) {
    waiters.checkTurn();
    total = checkTotal(tokens);
    grant();
  }

  private static int checkTotal(int tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException("a limiter cannot have " + tokens + " tokens");
    }
    return tokens;
  }

  /// How many tokens are borrowed.
  public int borrowed() {
    return borrowers.size();
  }

  /// How many tokens are left; negative if the limit was lowered below what is borrowed.
  public int available() {
    return total - borrowers.size();
  }

  /// Who has a token and who waits. On the loop.
  public Statistics statistics() {
    return new Statistics(total, List.copyOf(borrowers), waiters.tasks());
  }

  @Override
  public String toString() {
    return "limiter with " + borrowers.size() + " of " + total + " borrowed" + waiters.describe();
  }
}
