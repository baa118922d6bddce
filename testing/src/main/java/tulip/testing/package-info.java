// SPDX-License-Identifier: Apache-2.0

/// What tests of concurrent programs need everywhere: tests that are tasks ([TulipTest]), an order
/// among tasks ([Sequencer]), the moment when all wait ([Tasks]), and what happened ([Trail]); and
/// what tests of codecs need, bytes in all the pieces in which they may come ([WireSplitter]).
///
/// [TulipTest] needs JUnit; the others do not.
package tulip.testing;
