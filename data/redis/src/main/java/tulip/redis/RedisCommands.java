// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

/// The commands of Redis that are typed, by the groups of its documentation and with its names. All
/// others, and all options that are missing here, are for [Commands#call(Object...)].
///
/// All of them wait for a reply, and throw what [Commands#call(Object...)] throws. In a [Batch]
/// they are noted instead.
public interface RedisCommands
    extends StringCommands,
        BitmapCommands,
        KeyCommands,
        HashCommands,
        ListCommands,
        SetCommands,
        SortedSetCommands,
        SortedSetAlgebraCommands,
        GeoCommands,
        HyperLogLogCommands,
        StreamCommands,
        StreamAdminCommands,
        ScriptCommands,
        FunctionCommands,
        PubSubCommands,
        ConnectionCommands,
        ServerCommands,
        AclCommands,
        ClusterCommands {}
