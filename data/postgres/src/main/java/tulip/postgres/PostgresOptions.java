// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.net.TlsContext;
import tulip.postgres.types.TypeCodec;
import tulip.sql.SqlError;

/// How to connect to a PostgreSQL database, and how to use it.
///
/// @param endpoints of the servers, tried in order
/// @param target which of them is wanted
/// @param user who logs in
/// @param password `null` to look into the password file
/// @param passwordFile where passwords are, as `~/.pgpass` has them; `null` for none
/// @param database to use
/// @param settings of the server for this session: `application_name`, `search_path`,
///   `statement_timeout` ...
/// @param tls when TLS is used
/// @param directTls whether TLS begins at once, without asking: for servers from version 17 on
/// @param tlsContext whom to trust and who one is; `null` for what `tls` says alone
/// @param channelBinding whether the login is bound to TLS
/// @param statementCache how many statements are kept prepared on a connection; 0 prepares none by
///   name, as pgbouncer's transaction mode needs it
/// @param limits how much a connection takes in
/// @param codecs for types of these names instead of the usual ones
/// @param onNotice is told what the server says beside results, on the loop; must not wait
public record PostgresOptions(
    List<Endpoint> endpoints,
    TargetSession target,
    String user,
    @Nullable String password,
    @Nullable Path passwordFile,
    String database,
    Map<String, String> settings,
    TlsMode tls,
    boolean directTls,
    @Nullable TlsContext tlsContext,
    ChannelBinding channelBinding,
    int statementCache,
    PostgresLimits limits,
    Map<String, TypeCodec> codecs,
    Consumer<? super SqlError> onNotice) {
  /// How many statements are kept prepared if nothing else is said.
  public static final int STATEMENTS = 256;

  /// Checks and copies it.
  public PostgresOptions {
    endpoints = List.copyOf(endpoints);
    settings = Map.copyOf(settings);
    codecs = Map.copyOf(codecs);
    if (endpoints.isEmpty() || user.isEmpty() || statementCache < 0) {
      throw new IllegalArgumentException(
          "there must be a server and a user, and the cache is not negative: %s, '%s', %d"
              .formatted(endpoints, user, statementCache));
    }
    if (directTls && !tls.isRequired()) {
      throw new IllegalArgumentException("direct TLS needs sslmode=require at least, not " + tls);
    }
  }

  /// A database by its URL, as libpq has them:
  /// `postgresql://user:password@host:5432,host2/database?sslmode=verify-full`; or by a string of
  /// libpq's keywords: `host=localhost dbname='my bank'`.
  ///
  /// What it does not say is taken from the service that it names, then from the environment
  /// (`PGHOST`, `PGUSER`, `PGPASSWORD` ...), then as libpq has it. Reads the service file, if one
  /// is named, and certificates: blocks for as long as that takes.
  ///
  /// @param url or string of keywords
  /// @throws IllegalArgumentException if it is none, or something that it names cannot be read
  public static PostgresOptions parse(String url) {
    return ConnectionParameters.of(url, System.getenv()).toOptions();
  }

  /// The same as another user.
  public PostgresOptions withLogin(String user, @Nullable String password) {
    return new Change(this).login(user, password).done();
  }

  /// The same with other servers.
  public PostgresOptions withEndpoints(Endpoint... endpoints) {
    return new Change(this).endpoints(List.of(endpoints)).done();
  }

  /// The same with another database.
  public PostgresOptions withDatabase(String database) {
    return new Change(this).database(database).done();
  }

  /// The same wanting another of the servers.
  public PostgresOptions withTarget(TargetSession target) {
    return new Change(this).target(target).done();
  }

  /// The same with a setting of the session, instead of one of that name.
  public PostgresOptions withSetting(String name, String value) {
    var all = new HashMap<>(settings);
    all.put(name, value);
    return new Change(this).settings(all).done();
  }

  /// The same with another use of TLS.
  ///
  /// @param context `null` for what the mode says alone
  public PostgresOptions withTls(TlsMode mode, @Nullable TlsContext context) {
    return new Change(this).tls(mode, directTls && mode.isRequired(), context).done();
  }

  /// The same beginning TLS at once, or asking first.
  public PostgresOptions withDirectTls(boolean direct) {
    return new Change(this).tls(tls, direct, tlsContext).done();
  }

  /// The same with the login bound to TLS or not.
  public PostgresOptions withChannelBinding(ChannelBinding binding) {
    return new Change(this).channelBinding(binding).done();
  }

  /// The same with another number of prepared statements.
  public PostgresOptions withStatementCache(int statements) {
    return new Change(this).statementCache(statements).done();
  }

  /// The same with other limits.
  public PostgresOptions withLimits(PostgresLimits limits) {
    return new Change(this).limits(limits).done();
  }

  /// The same with a codec for the type of this name, or `schema.name`.
  public PostgresOptions withCodec(String type, TypeCodec codec) {
    var all = new HashMap<>(codecs);
    all.put(type, codec);
    return new Change(this).codecs(all).done();
  }

  /// The same telling somebody else what the server says beside results.
  public PostgresOptions withOnNotice(Consumer<? super SqlError> onNotice) {
    return new Change(this).onNotice(onNotice).done();
  }

  /// All but the password.
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + endpoints + "/" + database;
  }

  /// Some other options. Exists within one method.
  private static final class Change {
    private List<Endpoint> endpoints;
    private TargetSession target;
    private String user;
    private @Nullable String password;
    private final @Nullable Path passwordFile;
    private String database;
    private Map<String, String> settings;
    private TlsMode tls;
    private boolean directTls;
    private @Nullable TlsContext tlsContext;
    private ChannelBinding channelBinding;
    private int statementCache;
    private PostgresLimits limits;
    private Map<String, TypeCodec> codecs;
    private Consumer<? super SqlError> onNotice;

    Change(PostgresOptions from) {
      endpoints = from.endpoints;
      target = from.target;
      user = from.user;
      password = from.password;
      passwordFile = from.passwordFile;
      database = from.database;
      settings = from.settings;
      tls = from.tls;
      directTls = from.directTls;
      tlsContext = from.tlsContext;
      channelBinding = from.channelBinding;
      statementCache = from.statementCache;
      limits = from.limits;
      codecs = from.codecs;
      onNotice = from.onNotice;
    }

    Change endpoints(List<Endpoint> endpoints) {
      this.endpoints = endpoints;
      return this;
    }

    Change target(TargetSession target) {
      this.target = target;
      return this;
    }

    Change login(String user, @Nullable String password) {
      this.user = user;
      this.password = password;
      return this;
    }

    Change database(String database) {
      this.database = database;
      return this;
    }

    Change settings(Map<String, String> settings) {
      this.settings = settings;
      return this;
    }

    Change tls(TlsMode tls, boolean direct, @Nullable TlsContext context) {
      this.tls = tls;
      directTls = direct;
      tlsContext = context;
      return this;
    }

    Change channelBinding(ChannelBinding channelBinding) {
      this.channelBinding = channelBinding;
      return this;
    }

    Change statementCache(int statementCache) {
      this.statementCache = statementCache;
      return this;
    }

    Change limits(PostgresLimits limits) {
      this.limits = limits;
      return this;
    }

    Change codecs(Map<String, TypeCodec> codecs) {
      this.codecs = codecs;
      return this;
    }

    Change onNotice(Consumer<? super SqlError> onNotice) {
      this.onNotice = onNotice;
      return this;
    }

    PostgresOptions done() {
      return new PostgresOptions(
          endpoints,
          target,
          user,
          password,
          passwordFile,
          database,
          settings,
          tls,
          directTls,
          tlsContext,
          channelBinding,
          statementCache,
          limits,
          codecs,
          onNotice);
    }
  }
}
