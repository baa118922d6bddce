// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.pool.Backoff;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;
import tulip.redis.protocol.cluster.NodeAddress;
import tulip.redis.protocol.cluster.Redirection;
import tulip.redis.protocol.cluster.Topology;

/// The way of a command, or of several, through a cluster: to the node that should serve its slot,
/// from there to where that node says, and again after a while if nobody serves it.
///
/// What was refused or was not sent is sent again, until the time is over. What may have been
/// executed is not.
final class ClusterErrand {
  /// Errors of nodes that do not serve a slot at this moment. Nothing was executed.
  private static final Set<String> NOT_NOW =
      Set.of("TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "LOADING", "READONLY", "UNBLOCKED");

  /// So many redirections are followed without a pause.
  private static final int STRAIGHT_ON = 5;

  private static final Backoff PAUSES =
      Backoff.DEFAULT.withDelays(Duration.ofMillis(10), Duration.ofMillis(500), 2);

  /// Whether to send something again.
  ///
  /// @param target to whom, if a node has said so for this time alone
  record Verdict(boolean again, @Nullable NodeAddress target) {
    private static final Verdict LEAVE = new Verdict(false, null);
    private static final Verdict REPEAT = new Verdict(true, null);
  }

  /// Says to whom a command goes.
  interface Choice {
    /// Chooses a node.
    ///
    /// @param first whether this is the first attempt
    ClusterNode of(Topology topology, boolean first) throws RedisConnectionException;
  }

  /// What is done with a node.
  interface Call<T> {
    /// Does it.
    ///
    /// @param asking whether the node serves the slot only to who asks for it
    T on(Redis node, boolean asking) throws IOException;
  }

  private final EventLoop loop = EventLoop.current();
  private final ClusterView view;
  private final ClusterNodes nodes;
  private final boolean failFast;
  private final long end;
  private final Backoff.Delays pauses = PAUSES.delays();
  private boolean first = true;
  private int redirections;
  private boolean pausing;

  ClusterErrand(ClusterOptions options, ClusterView view, ClusterNodes nodes) {
    this.view = view;
    this.nodes = nodes;
    failFast = options.node().failFast();
    end = loop.time() + options.node().session().awaitTimeout().toNanos();
  }

  /// Goes on until there is an answer.
  ///
  /// @throws RedisException if the answer is an error
  /// @throws IOException if there is none
  <T> T run(Choice choice, Call<T> call) throws IOException {
    var verdict = Verdict.REPEAT;
    while (true) {
      pause();
      ClusterNode node = null;
      try {
        node = choose(choice, verdict.target);
        return call.on(node.client(), verdict.target != null);
      } catch (RedisException e) {
        verdict = node == null ? Verdict.LEAVE : judge(e, node.address);
        if (!verdict.again) {
          throw e;
        }
      } catch (IOException e) {
        verdict = judge(e);
        if (!verdict.again) {
          throw e;
        }
      }
    }
  }

  /// The node for the next attempt.
  ///
  /// @param target the one that another node has named, if it did
  ClusterNode choose(Choice choice, @Nullable NodeAddress target) throws RedisConnectionException {
    return target == null ? choice.of(view.now().topology(), first) : nodes.master(target);
  }

  /// Judges an error that a node has answered with. Why a transaction was not begun stands in what
  /// its end suppresses.
  Verdict judge(RedisException e, NodeAddress from) {
    var reason = e.getSuppressed().length > 0 ? e.getSuppressed()[0] : e;
    return judge(reason instanceof RedisException first ? first.failure() : e.failure(), from);
  }

  /// Judges an error that a node has answered with.
  Verdict judge(Reply.Failure failure, NodeAddress from) {
    first = false;
    if (loop.time() >= end) {
      return Verdict.LEAVE;
    }
    var redirection = Redirection.of(failure, from);
    if (redirection != null) {
      pausing |= ++redirections > STRAIGHT_ON;
      return follow(redirection);
    }
    boolean later = NOT_NOW.contains(failure.code()) && !failFast;
    if (later) {
      pausing = true;
      view.refreshSoon();
    }
    return later ? Verdict.REPEAT : Verdict.LEAVE;
  }

  private Verdict follow(Redirection redirection) {
    if (!redirection.lasting()) {
      return new Verdict(true, redirection.target());
    }
    view.moved(redirection.slot(), redirection.target());
    return Verdict.REPEAT;
  }

  /// Judges the failure of a connection.
  Verdict judge(IOException failure) {
    first = false;
    view.refreshSoon();
    boolean over = nodes.isClosed() || failFast || loop.time() >= end;
    pausing = true;
    return over || RedisConnectionException.mayHaveBeenExecuted(failure)
        ? Verdict.LEAVE
        : Verdict.REPEAT;
  }

  /// Begins an attempt: waits before, if that is of use.
  void pause() {
    if (pausing) {
      pausing = false;
      Tulip.sleep(pauses.next());
    }
  }
}
