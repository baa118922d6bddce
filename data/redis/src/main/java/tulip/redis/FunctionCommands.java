// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tulip.bytes.Bytes;
import tulip.redis.protocol.Reply;

/// Functions in Lua, which the server keeps as it keeps data: the second half of Redis's group
/// "scripting".
public interface FunctionCommands extends Commands {
  /// FCALL: calls a function of a library.
  default Reply fcall(String function, List<String> keys, Object... arguments) throws IOException {
    return call(
        Reply::orThrow,
        Arguments.of("FCALL", function, keys.size()).addAll(keys).each(arguments).toArray());
  }

  /// FCALL_RO: calls a function that only reads, also from a replica.
  default Reply fcallRo(String function, List<String> keys, Object... arguments)
      throws IOException {
    return call(
        Reply::orThrow,
        Arguments.of("FCALL_RO", function, keys.size()).addAll(keys).each(arguments).toArray());
  }

  /// FUNCTION LOAD with REPLACE: gives the server a library of functions, in place of one with the
  /// same name.
  ///
  /// @return its name
  default String functionLoad(String library) throws IOException {
    return call(Reply::string, "FUNCTION", "LOAD", "REPLACE", library);
  }

  /// FUNCTION DELETE: deletes a library.
  ///
  /// @throws tulip.redis.protocol.RedisException if there is none
  default void functionDelete(String library) throws IOException {
    call(Reply::orThrow, "FUNCTION", "DELETE", library);
  }

  /// FUNCTION LIST: what there is to know of the libraries.
  default List<Map<String, Reply>> functionList() throws IOException {
    return call(reply -> reply.list(Replies::facts), "FUNCTION", "LIST");
  }

  /// FUNCTION DUMP: all libraries, for [#functionRestore].
  default Bytes functionDump() throws IOException {
    return call(Reply::bytes, "FUNCTION", "DUMP");
  }

  /// FUNCTION RESTORE with REPLACE: adds libraries, in place of those with the same names.
  default void functionRestore(Bytes dumped) throws IOException {
    call(Reply::orThrow, "FUNCTION", "RESTORE", dumped, "REPLACE");
  }

  /// FUNCTION FLUSH: deletes all libraries.
  default void functionFlush() throws IOException {
    call(Reply::orThrow, "FUNCTION", "FLUSH");
  }

  /// FUNCTION STATS: which function is running, and how many libraries there are.
  default Map<String, Reply> functionStats() throws IOException {
    return call(Replies::facts, "FUNCTION", "STATS");
  }

  /// FUNCTION KILL: ends the function that is running, if it has written nothing yet.
  ///
  /// @throws tulip.redis.protocol.RedisException with code `NOTBUSY` if there is none
  default void functionKill() throws IOException {
    call(Reply::orThrow, "FUNCTION", "KILL");
  }
}
