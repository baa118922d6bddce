// SPDX-License-Identifier: Apache-2.0

/// What tests of concurrent programs need everywhere: tests that are tasks ([TulipTest]), an order
/// among tasks ([Sequencer]), the moment when all wait ([Tasks]), and what happened ([Trail]).
///
/// [TulipTest] needs JUnit; the others do not.
package tulip.testing;
