// SPDX-License-Identifier: Apache-2.0
package tulip.http;

/// What answers requests.
@FunctionalInterface
public interface Handler {
  /// Answers one request. In a task of the server's loop; it may wait.
  ///
  /// @throws HttpError to answer with its status
  /// @throws Exception to answer 500; it goes to the loop's exception handler
  Response handle(Request request) throws Exception;
}
