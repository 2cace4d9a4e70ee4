import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * Runs Neo4j Community in a folder until it is told to end: {@code Start HOME (attached|detached)}.
 *
 * <p>HOME holds neo4j.conf. The first line of standard input is the password of the user neo4j. Prints "ready" when it
 * may be used. Ends when a file named "stop" appears in HOME (and removes it when done); when attached, also when
 * standard input ends, which happens when the process that started it is gone, however it went.
 */
public class Start {
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        Path stop = home.resolve("stop");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String password = in.readLine();

        DatabaseManagementService server = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(home.resolve("neo4j.conf"))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.database("system").executeTransactionally(
                "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
        if (args[1].equals("attached")) {
            Thread watch = new Thread(() -> endWithInput(in), "end-with-standard-input");
            watch.setDaemon(true);
            watch.start();
        }
        System.out.println("ready");

        while (!Files.exists(stop)) {
            Thread.sleep(100);
        }
        server.shutdown();
        Files.delete(stop);
        System.exit(0);
    }

    private static void endWithInput(BufferedReader in) {
        try {
            while (in.readLine() != null) {}
        } catch (java.io.IOException gone) {
            // A broken pipe says the same as its end.
        }
        System.exit(0);
    }
}
