// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Notes which methods of [RedisCommands] are called, and which commands of the server they send.
final class RecordedCommands {
  private static final Set<Method> TYPED =
      Arrays.stream(RedisCommands.class.getMethods())
          .filter(method -> method.isDefault() && method.getDeclaringClass() != Commands.class)
          .collect(Collectors.toSet());

  private final Set<String> names;
  private final Set<Method> missing = new HashSet<>(TYPED);
  private final Map<String, Set<String>> methods = new TreeMap<>();

  /// The methods that run at this moment.
  private final ArrayDeque<Method> running = new ArrayDeque<>();

  /// The last one that has returned something whose commands are sent later.
  private @Nullable Method scanning;

  /// @param names of all commands there are, subcommands behind a blank
  RecordedCommands(Set<String> names) {
    this.names = names;
  }

  /// The same commands, which are noted on their way.
  RedisCommands over(RedisCommands target) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("call")) {
            return forward(target, arguments);
          }
          running.push(method);
          try {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
          } finally {
            running.pop();
            scanning = method.getReturnType() == Iterable.class ? method : scanning;
          }
        };
    var loader = RedisCommands.class.getClassLoader();
    return (RedisCommands)
        Proxy.newProxyInstance(loader, new Class<?>[] {RedisCommands.class}, handler);
  }

  @SuppressWarnings("unchecked") // it is that of Commands.call
  private @Nullable Object forward(RedisCommands target, Object... arguments) throws IOException {
    var command = (Object[]) arguments[arguments.length - 1];
    note(command);
    return arguments.length == 1
        ? target.call(command)
        : target.call((Function<? super Reply, ?>) arguments[0], command);
  }

  private void note(Object... command) {
    var name = name(command);
    boolean later = running.isEmpty() && scanning != null && name.endsWith("SCAN");
    for (var method : later ? Set.of(scanning) : Set.copyOf(running)) {
      if (TYPED.contains(method)) {
        missing.remove(method);
        methods.computeIfAbsent(name, _ -> new TreeSet<>()).add(method.getName());
      }
    }
  }

  private String name(Object... command) {
    var first = command[0].toString();
    var both = command.length == 1 ? first : (first + " " + command[1]).toUpperCase(Locale.ROOT);
    return names.contains(both) ? both : first;
  }

  /// The methods by the commands that they send.
  Map<String, Set<String>> methods() {
    return methods;
  }

  /// The typed commands that nobody has called.
  Set<String> missing() {
    return missing.stream()
        .map(method -> method.toGenericString().replaceAll(".*\\.(\\w+\\()", "$1"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
