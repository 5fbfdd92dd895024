// Checks the signature over a whole notice, whose body comes on standard input.

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

public class Webhook {
  public static void main(String[] args) throws Exception {
    String timestamp = env("WEBHOOK_TIMESTAMP");
    if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > 300) {
      System.out.println("too old");
      System.exit(1);
    }

    byte[] key = Base64.getDecoder().decode(env("WEBHOOK_SECRET").substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update((env("WEBHOOK_ID") + "." + timestamp + ".").getBytes(UTF_8));
    byte[] digest = mac.doFinal(System.in.readAllBytes());
    byte[] expected = ("v1," + Base64.getEncoder().encodeToString(digest)).getBytes(UTF_8);

    boolean genuine = false;
    for (String signature : env("WEBHOOK_SIGNATURE").split(" ")) {
      genuine |= MessageDigest.isEqual(expected, signature.getBytes(UTF_8));
    }
    System.out.println(genuine ? "genuine" : "forged");
    System.exit(genuine ? 0 : 1);
  }

  static String env(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
