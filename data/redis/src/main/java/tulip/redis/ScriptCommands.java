// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;

/// Scripts and functions in Lua: the commands of Redis's group "scripting".
public interface ScriptCommands extends Commands {
  /// EVALSHA, and EVAL if the server does not know the script: runs a script, which is sent once.
  ///
  /// @param keys those that it uses; `KEYS` in the script
  /// @param arguments `ARGV` in the script
  default Reply eval(Script script, List<String> keys, Object... arguments) throws IOException {
    try {
      return call(script.command("EVALSHA", script.sha1(), keys, arguments));
    } catch (RedisException e) {
      if (!e.code().equals("NOSCRIPT")) {
        throw e;
      }
      return call(script.command("EVAL", script.source(), keys, arguments));
    }
  }

  /// SCRIPT EXISTS: whether the server knows a script.
  default boolean scriptExists(Script script) throws IOException {
    return call("SCRIPT", "EXISTS", script.sha1()).list().getFirst().truth();
  }

  /// SCRIPT FLUSH: has the server forget all scripts.
  default void scriptFlush() throws IOException {
    call("SCRIPT", "FLUSH");
  }

  /// FUNCTION LOAD: gives the server a library of functions, in place of one with the same name.
  ///
  /// @return its name
  default String functionLoad(String library) throws IOException {
    return call("FUNCTION", "LOAD", "REPLACE", library).string();
  }

  /// FCALL: calls a function of a library.
  default Reply fcall(String function, List<String> keys, Object... arguments) throws IOException {
    return call(Arguments.of("FCALL", function, keys.size()).addAll(keys).add(arguments).toArray());
  }
}
