// SPDX-License-Identifier: Apache-2.0

/// Several loops in one process, one a core, that serve the same port; looked after by the loop
/// that starts them.
///
/// Reading order: [tulip.net.workers.Workers] is the block, [tulip.net.workers.Worker] is what the
/// code of each loop sees, [tulip.net.workers.WorkerEvent] is what can happen to one. Inside, a
/// `Slot` keeps one worker running, from one `WorkerRun` to the next.
package tulip.net.workers;
