// SPDX-License-Identifier: Apache-2.0

/// Web applications under test: [tulip.http.testing.TestServer] is a server with a client of its
/// own, in memory or at a port.
package tulip.http.testing;
