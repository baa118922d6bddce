// SPDX-License-Identifier: Apache-2.0

/// The contract of streams, and wires and peers that misbehave.
///
/// Reading order: [tulip.net.testing.StreamContract] says what every stream does,
/// [tulip.net.testing.SplittingWire] cuts what a codec receives, [tulip.net.testing.FaultProxy] is
/// a bad network, [tulip.net.testing.ScriptedPeer] a peer that follows a script,
/// [tulip.net.testing.RealServer] and [tulip.net.testing.RealProcess] are peers that nobody here
/// wrote.
package tulip.net.testing;
