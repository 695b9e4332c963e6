package io.landfall.storage.s3;

/** s3proxy, which ends with the test that started it. */
final class S3ServerMain {

  private S3ServerMain() {}

  public static void main(String[] args) throws Exception {
    JavaProcess.endWithParent();
    org.gaul.s3proxy.Main.main(args);
  }
}
