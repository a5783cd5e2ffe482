import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * A Neo4j server on a loopback port: StartNeo4j DATA_FOLDER PORT.
 *
 * <p>With the environment variable NEO4J_PASSWORD the user "neo4j" must log in with it; without, nobody logs in. A
 * data folder keeps the password of its first start. It prints READY and runs until its standard input ends, so it
 * never outlives the process that started it.
 */
public final class StartNeo4j {
    public static void main(String[] arguments) {
        try {
            run(arguments);
            System.exit(0);
        } catch (Exception error) {
            // The server's own threads would keep the process alive.
            error.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        String address = "127.0.0.1:" + Integer.parseInt(arguments[1]);
        String password = System.getenv("NEO4J_PASSWORD");
        boolean hasPassword = password != null && !password.isEmpty();
        boolean isNew = !Files.exists(data.resolve("data"));

        Path settings = Files.write(data.resolve("neo4j.conf"), List.of(
                "server.bolt.enabled=true",
                "server.bolt.listen_address=" + address,
                "server.bolt.advertised_address=" + address,
                "dbms.security.auth_enabled=" + hasPassword,
                "dbms.usage_report.enabled=false",
                "server.memory.pagecache.size=128m",
                // Nobody else is connected: no need to wait ten seconds for stragglers.
                "internal.dbms.bolt.netty_server_shutdown_quiet_period=0"));

        DatabaseManagementService server =
                new DatabaseManagementServiceBuilder(data).loadPropertiesFromFile(settings).build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        if (hasPassword && isNew) {
            server.database("system").executeTransactionally(
                    "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
        }
        System.out.println("READY");
        System.out.flush();
        while (System.in.read() >= 0) {
            // Nothing is expected; only the end counts.
        }
    }
}
