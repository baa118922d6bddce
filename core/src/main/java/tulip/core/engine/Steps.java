// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

/// Is told of every turn of every fiber of a loop. On whatever thread has the turn; never throws.
public interface Steps {
  /// The turn is about to go to the fiber.
  void begins(Fiber fiber);

  /// The fiber has given the turn back.
  void ended(Fiber fiber);
}
