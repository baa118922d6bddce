// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

/// What became of a change that had a version as its condition.
public enum CasResult {
  /// It was done.
  DONE,
  /// It was not done: the item has changed meanwhile. Read it again.
  EXISTS,
  /// It was not done: there is no such item any more.
  NOT_FOUND
}
