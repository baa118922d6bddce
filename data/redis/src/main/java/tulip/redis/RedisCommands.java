// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

/// The commands of Redis that are typed, by the groups of its documentation and with its names. All
/// others, and all options that are missing here, are for [Commands#call].
///
/// All of them wait for a reply, and throw what [Commands#call] throws.
public interface RedisCommands
    extends StringCommands,
        KeyCommands,
        HashCommands,
        ListCommands,
        SetCommands,
        SortedSetCommands,
        StreamCommands,
        ScriptCommands,
        ServerCommands {}
