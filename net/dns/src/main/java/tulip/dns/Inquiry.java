// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.dns.DnsException.Reason;
import tulip.dns.protocol.Edns;
import tulip.dns.protocol.Flag;
import tulip.dns.protocol.Message;
import tulip.dns.protocol.Question;
import tulip.dns.protocol.RecordData;
import tulip.dns.protocol.ResponseCode;

/// One question, put to one server after the other until one has answered it.
///
/// A server that keeps silent or cannot be reached is asked again in the next round, one that has
/// said no is not. Rounds after the first ask without EDNS, for somebody on the way may have
/// dropped it.
final class Inquiry {
  /// What all questions of a resolver share.
  ///
  /// @param random unpredictable: ids come from it
  record Means(
      Transport transport, ServerOrder order, RandomGenerator random, DnsOptions options) {}

  private final Means means;
  private final DnsSettings settings;
  private final Question question;
  private final List<Exception> failures = new ArrayList<>();

  Inquiry(Means means, DnsSettings settings, Question question) {
    this.means = means;
    this.settings = settings;
    this.question = question;
  }

  /// Asks. In a task.
  Outcome run() {
    var deadline = means.options().deadline();
    try {
      return Tulip.timeout(deadline, this::follow);
    } catch (TimeoutException e) {
      return failed(Reason.TIMEOUT, "no answer within " + deadline);
    }
  }

  private Outcome follow() {
    var chain = new AliasChain(question);
    while (true) {
      var answer = ask(chain.next());
      if (answer == null) {
        return failed(reason(), "no server has answered");
      }
      var outcome = chain.add(answer);
      if (outcome != null) {
        return outcome;
      }
    }
  }

  /// Why the last server has not answered.
  private Reason reason() {
    return switch (failures.getLast()) {
      case TimeoutException _ -> Reason.TIMEOUT;
      case ProtocolException _ -> Reason.MALFORMED;
      default -> Reason.SERVER_FAILURE;
    };
  }

  private Outcome failed(Reason reason, String message) {
    var error = new DnsException(reason, question, message, null);
    failures.forEach(error::addSuppressed);
    return new Outcome.Failed(error, Duration.ZERO);
  }

  private @Nullable Message ask(Question step) {
    var servers = means.order().of(settings);
    for (int round = 0; round < settings.attempts() && !servers.isEmpty(); round++) {
      for (var server : List.copyOf(servers)) {
        try {
          return ask(server, step, round == 0);
        } catch (RefusalException e) {
          servers.remove(server);
          failures.add(e);
        } catch (IOException e) {
          failures.add(e);
        } catch (TimeoutException e) {
          means.order().keptSilent(server);
          failures.add(late(server, e));
        }
      }
    }
    return null;
  }

  private TimeoutException late(InetSocketAddress server, TimeoutException cause) {
    var late = new TimeoutException(server + " did not answer within " + settings.timeout());
    late.initCause(cause);
    return late;
  }

  private Message ask(InetSocketAddress server, Question step, boolean firstRound)
      throws IOException, TimeoutException {
    boolean edns = firstRound && means.options().ednsSize() > 0 && means.order().knowsEdns(server);
    var reply = exchange(server, step, edns);
    if (edns && isTroubledByEdns(reply)) {
      means.order().refusedEdns(server);
      reply = exchange(server, step, false);
    }
    means.order().answered(server);
    return accept(server, reply);
  }

  /// RFC 6891, 7; BADVERS there is also for "not version 0".
  private static boolean isTroubledByEdns(Message reply) {
    var code = reply.header().code();
    return code.equals(ResponseCode.FORMERR)
        || code.equals(ResponseCode.NOTIMP)
        || code.equals(ResponseCode.BADVERS);
  }

  private Message exchange(InetSocketAddress server, Question step, boolean edns)
      throws IOException, TimeoutException {
    int id = means.random().nextInt(1 << 16);
    var query = Message.query(id, step, edns ? Edns.of(means.options().ednsSize()) : null);
    if (!settings.tcp()) {
      var reply = Tulip.timeout(settings.timeout(), () -> means.transport().udp(server, query));
      if (!reply.header().has(Flag.TC)) {
        return reply;
      }
    }
    var reply = Tulip.timeout(settings.timeout(), () -> means.transport().tcp(server, query));
    if (reply.header().has(Flag.TC)) {
      throw new ProtocolException(server + " cuts its answer off over TCP too");
    }
    return reply;
  }

  private static Message accept(InetSocketAddress server, Message reply) throws RefusalException {
    var code = reply.header().code();
    if (!code.equals(ResponseCode.NOERROR) && !code.equals(ResponseCode.NXDOMAIN)) {
      throw new RefusalException(server + " answered " + code);
    }
    if (isReferral(reply)) {
      throw new RefusalException(server + " only says whom to ask: it does not ask others");
    }
    return reply;
  }

  private static boolean isReferral(Message reply) {
    return reply.answers().isEmpty()
        && !reply.header().has(Flag.AA)
        && reply.authorities().stream().anyMatch(r -> r.data() instanceof RecordData.NS)
        && reply.authorities().stream().noneMatch(r -> r.data() instanceof RecordData.SOA);
  }
}
