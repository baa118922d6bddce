// SPDX-License-Identifier: Apache-2.0

/// What clients of protocols have in common whose servers answer in the order of the requests.
///
/// Any number of tasks share a connection. What they send in one iteration of the loop leaves in
/// one write, and nobody waits for the reply to another one. Whoever is cancelled, or whose reply
/// is late, leaves the place in the line, so that the reply goes to nobody else.
package tulip.pipelining;
