// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;

/// Scripts in Lua: the first half of Redis's group "scripting".
public interface ScriptCommands extends Commands {
  /// EVALSHA, and EVAL if the server does not know the script: runs a script, which is sent once.
  /// In a [Batch] it is EVALSHA alone: [#scriptLoad] before.
  ///
  /// @param keys those that it uses; `KEYS` in the script
  /// @param arguments `ARGV` in the script
  default Reply eval(Script script, List<String> keys, Object... arguments) throws IOException {
    try {
      return call(script.command("EVALSHA", script.sha1(), keys, arguments));
    } catch (RedisException e) {
      Script.refuseUnlessUnknown(e);
      return call(script.command("EVAL", script.source(), keys, arguments));
    }
  }

  /// EVALSHA_RO, and EVAL_RO if the server does not know the script: the same for a script that
  /// only reads, also from a replica.
  default Reply evalRo(Script script, List<String> keys, Object... arguments) throws IOException {
    try {
      return call(script.command("EVALSHA_RO", script.sha1(), keys, arguments));
    } catch (RedisException e) {
      Script.refuseUnlessUnknown(e);
      return call(script.command("EVAL_RO", script.source(), keys, arguments));
    }
  }

  /// SCRIPT LOAD: gives the server a script without running it.
  default void scriptLoad(Script script) throws IOException {
    call(Reply::orThrow, "SCRIPT", "LOAD", script.source());
  }

  /// SCRIPT EXISTS: whether the server knows a script.
  default boolean scriptExists(Script script) throws IOException {
    return call(reply -> reply.list().getFirst().truth(), "SCRIPT", "EXISTS", script.sha1());
  }

  /// SCRIPT FLUSH: has the server forget all scripts.
  default void scriptFlush() throws IOException {
    call(Reply::orThrow, "SCRIPT", "FLUSH");
  }

  /// SCRIPT KILL: ends the script that is running, if it has written nothing yet.
  ///
  /// @throws RedisException with code `NOTBUSY` if there is none, `UNKILLABLE` if it has
  default void scriptKill() throws IOException {
    call(Reply::orThrow, "SCRIPT", "KILL");
  }
}
