// SPDX-License-Identifier: Apache-2.0

/// The contract of an event loop, as a test class to extend.
///
/// Reading order: [LoopContract] is what the maker of a loop extends, [Capability] is what a loop
/// may lack. The cases are in the packs, one file each, which only say what happens; how a case
/// gets its loop and what it must not leave behind is the business of `Kit`.
package tulip.testing.loop;
