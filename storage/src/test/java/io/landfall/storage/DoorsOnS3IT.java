package io.landfall.storage;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.door.DoorContract;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.storage.s3.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Both doors into tables on a real S3 server. */
class DoorsOnS3IT extends DoorContract {

  @TempDir private static Path scratch;
  private static S3Server server;
  private static Map<String, String> settings = Map.of();

  private final String name = UUID.randomUUID().toString();

  @BeforeAll
  static void startServer() throws Exception {
    server = S3Server.start(scratch);
    settings = new HashMap<>();
    S3Server.clientOf(server.endpoint(), scratch)
        .forEach((key, value) -> settings.put("spark.hadoop." + key, value));
  }

  @AfterAll
  static void stopServer() throws IOException {
    SharedSpark.session().stop();
    FileSystem.closeAll();
    server.close();
  }

  @Override
  protected SparkSession spark() {
    return SharedSpark.session(settings);
  }

  @Override
  protected Folder folder() {
    return new Folder("s3a", S3Server.BUCKET, "/" + name);
  }
}
