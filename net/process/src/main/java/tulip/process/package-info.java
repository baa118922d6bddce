// SPDX-License-Identifier: Apache-2.0

/// Programs run as subprocesses, and what this process itself is given by the system.
///
/// | | |
/// |---|---|
/// | [Command], [Stdio] | what to run, where, and where its streams lead |
/// | [Subprocess] | a running one: its streams, signals, exit |
/// | [Completed] | one that has ended, and what it wrote |
/// | [Pipeline] | several, each reading what the one before it writes |
/// | [StandardStreams] | this process's own input and output |
/// | [Signals], [SignalReceiver] | what others send to this process |
///
/// Pipes are streams as sockets are: [tulip.net.ByteStream]. The JDK shows no pipe of a process to
/// a selector, so each has a thread of its own, which reads only when somebody wants bytes: a child
/// that writes more than is read waits. All objects are for the tasks of the loop they were made
/// on.
package tulip.process;
